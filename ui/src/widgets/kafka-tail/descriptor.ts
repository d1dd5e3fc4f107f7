import { IconStack2 } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Kafka tail",
  summary: "The newest records of a topic.",
  icon: IconStack2,
  load: () => import("./KafkaTail"),
  shows: "nothing",
  size: { w: 12, h: 6 },
  settings: [{ name: "topic", label: "Topic", type: "text", default: "" }],
};
