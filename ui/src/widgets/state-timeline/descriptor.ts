import { IconTimeline } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "State timeline",
  summary: "Which state held from when to when.",
  icon: IconTimeline,
  load: () => import("./StateTimeline"),
  shows: "values",
  size: { w: 24, h: 4 },
  settings: [],
};
