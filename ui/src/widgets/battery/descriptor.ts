import { IconBattery2 } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Battery",
  summary: "How much charge is left, in percent.",
  icon: IconBattery2,
  load: () => import("./Battery"),
  shows: "values",
  size: { w: 4, h: 3 },
  settings: [],
};
