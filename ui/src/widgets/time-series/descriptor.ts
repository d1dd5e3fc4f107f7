import { IconChartLine } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Time series",
  summary: "Numbers of one or many devices over time, as lines, areas or steps, drawn as they arrive.",
  icon: IconChartLine,
  load: () => import("./TimeSeries"),
  shows: "values",
  size: { w: 12, h: 7 },
  settings: [
    {
      name: "style",
      label: "Drawn as",
      type: "choice",
      choices: ["line", "area", "steps", "points"],
      default: "line",
    },
  ],
};
