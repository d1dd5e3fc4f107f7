import { IconDropletHalf2 } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Liquid level",
  summary: "How full a tank is.",
  icon: IconDropletHalf2,
  load: () => import("./LiquidLevel"),
  shows: "values",
  size: { w: 4, h: 6 },
  settings: [
    { name: "min", label: "From", type: "number", default: 0, alias: ["minValue"] },
    { name: "max", label: "To", type: "number", default: 100, alias: ["maxValue"] },
  ],
};
