import { IconMap2 } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Map",
  summary: "Where devices are, gliding from fix to fix.",
  icon: IconMap2,
  load: () => import("./PositionMap"),
  shows: "entities",
  size: { w: 12, h: 8 },
  settings: [
    { name: "latitude", label: "Key of the latitude", type: "text", default: "latitude" },
    { name: "longitude", label: "Key of the longitude", type: "text", default: "longitude" },
  ],
};
