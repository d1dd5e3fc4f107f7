import { IconBellRinging } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Alarm count",
  summary: "How many alarms are active.",
  icon: IconBellRinging,
  load: () => import("./AlarmCount"),
  shows: "entities",
  size: { w: 4, h: 3 },
  settings: [],
};
