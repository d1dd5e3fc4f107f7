import { IconClock } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Clock",
  summary: "The time in a zone, or the time left to a moment.",
  icon: IconClock,
  load: () => import("./Clock"),
  shows: "nothing",
  size: { w: 5, h: 3 },
  settings: [
    {
      name: "zone",
      label: "Time zone",
      type: "text",
      default: "",
      hint: "As in Europe/Prague; empty is here.",
    },
    {
      name: "until",
      label: "Count down to",
      type: "text",
      default: "",
      hint: "As in 2027-01-01T00:00; empty shows the time.",
    },
  ],
};
