import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { controlSettings } from "../commands";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Slider",
  summary: "Sets a number on a device.",
  icon: IconAdjustmentsHorizontal,
  load: () => import("./SliderControl"),
  shows: "device",
  size: { w: 8, h: 3 },
  settings: [
    ...controlSettings,
    { name: "min", label: "From", type: "number", default: 0, alias: ["minValue"] },
    { name: "max", label: "To", type: "number", default: 100, alias: ["maxValue"] },
  ],
};
