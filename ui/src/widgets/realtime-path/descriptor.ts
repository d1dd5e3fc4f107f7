import { IconDatabase } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Realtime path",
  summary: "A path of the realtime database, live.",
  icon: IconDatabase,
  load: () => import("./RealtimePath"),
  shows: "nothing",
  size: { w: 10, h: 6 },
  settings: [
    { name: "database", label: "Database", type: "text", default: "" },
    { name: "path", label: "Path", type: "text", default: "/" },
  ],
};
