import { IconAntennaBars5 } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Signal",
  summary: "How well a device is heard, in dBm.",
  icon: IconAntennaBars5,
  load: () => import("./Signal"),
  shows: "values",
  size: { w: 4, h: 3 },
  settings: [],
};
