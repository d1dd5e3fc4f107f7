import { IconGauge } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Gauge",
  summary: "One number on a dial between two ends.",
  icon: IconGauge,
  load: () => import("./Gauge"),
  shows: "values",
  size: { w: 6, h: 5 },
  settings: [
    { name: "min", label: "From", type: "number", default: 0, alias: ["minValue"] },
    { name: "max", label: "To", type: "number", default: 100, alias: ["maxValue"] },
    { name: "warn", label: "Warn from", type: "number", default: null },
  ],
};
