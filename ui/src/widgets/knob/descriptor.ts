import { IconCircleDot } from "@tabler/icons-react";
import { controlSettings } from "../commands";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Knob",
  summary: "Turns a number on a device.",
  icon: IconCircleDot,
  load: () => import("./KnobControl"),
  shows: "device",
  size: { w: 5, h: 6 },
  settings: [
    ...controlSettings,
    { name: "min", label: "From", type: "number", default: 0, alias: ["minValue"] },
    { name: "max", label: "To", type: "number", default: 100, alias: ["maxValue"] },
  ],
};
