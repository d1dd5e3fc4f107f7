import { IconTable } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Latest telemetry",
  summary: "Every key with its newest value and age.",
  icon: IconTable,
  load: () => import("./LatestTable"),
};
