import { IconBell } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Alarms",
  summary: "What needs attention, with acknowledge and clear.",
  icon: IconBell,
  load: () => import("./AlarmsTable"),
  shows: "entities",
  size: { w: 12, h: 6 },
  settings: [
    {
      name: "show",
      label: "Show",
      type: "choice",
      choices: ["active", "any", "unacknowledged", "cleared"],
      default: "active",
    },
  ],
};
