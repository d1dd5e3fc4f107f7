import { IconChartLine } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Live chart",
  summary: "Numbers over time, drawn as they arrive.",
  icon: IconChartLine,
  load: () => import("./LiveChart"),
};
