import { IconChartDonut } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Pie",
  summary: "The newest numbers as parts of a whole.",
  icon: IconChartDonut,
  load: () => import("./Pie"),
  shows: "values",
  size: { w: 8, h: 6 },
  settings: [{ name: "hole", label: "With a hole", type: "boolean", default: true }],
};
