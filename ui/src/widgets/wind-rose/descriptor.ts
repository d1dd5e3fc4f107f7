import { IconWindmill } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Wind rose",
  summary: "Where the wind comes from: the first key is the direction in degrees, the second the speed.",
  icon: IconWindmill,
  load: () => import("./WindRose"),
  shows: "values",
  size: { w: 8, h: 8 },
  settings: [],
};
