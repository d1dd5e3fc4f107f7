import { IconNumber123 } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Value card",
  summary: "One live value with its recent course.",
  icon: IconNumber123,
  shows: "values",
  hasOwnTitle: true,
  size: { w: 6, h: 3 },
  load: () => import("./ValueCard"),
};
