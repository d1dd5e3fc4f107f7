import { IconGridDots } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Heat map",
  summary: "When a number is high: hours of the day against days.",
  icon: IconGridDots,
  load: () => import("./HeatMap"),
  shows: "values",
  size: { w: 12, h: 6 },
  settings: [],
};
