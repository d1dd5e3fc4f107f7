import { IconChartBar } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Bars by hour, day or month",
  summary: "A figure for each hour, day, week or month.",
  icon: IconChartBar,
  load: () => import("./BarChart"),
  shows: "values",
  size: { w: 12, h: 6 },
  settings: [
    {
      name: "every",
      label: "For each",
      type: "choice",
      choices: ["auto", "HOUR", "DAY", "WEEK_ISO", "MONTH"],
      default: "auto",
    },
    {
      name: "agg",
      label: "Show",
      type: "choice",
      choices: ["AVG", "SUM", "MIN", "MAX", "COUNT"],
      default: "AVG",
    },
  ],
};
