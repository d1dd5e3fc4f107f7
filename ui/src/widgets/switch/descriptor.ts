import { IconToggleRight } from "@tabler/icons-react";
import { controlSettings } from "../commands";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Switch",
  summary: "Switches a device on and off.",
  icon: IconToggleRight,
  load: () => import("./SwitchControl"),
  shows: "device",
  size: { w: 5, h: 3 },
  settings: [...controlSettings],
};
