import { IconListDetails } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Entities",
  summary: "A row for each device, a column for each key.",
  icon: IconListDetails,
  load: () => import("./EntitiesTable"),
  shows: "values",
  size: { w: 12, h: 7 },
  settings: [],
};
