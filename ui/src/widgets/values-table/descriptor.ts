import { IconTable } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Values",
  summary: "Every chosen key with its newest value and age; without a choice, all keys.",
  icon: IconTable,
  load: () => import("./ValuesTable"),
  shows: "values",
  size: { w: 10, h: 6 },
  settings: [],
};
