import { IconBraces } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "JSON",
  summary: "A value with parts, as a tree.",
  icon: IconBraces,
  load: () => import("./JsonViewer"),
  shows: "values",
  size: { w: 8, h: 6 },
  settings: [],
};
