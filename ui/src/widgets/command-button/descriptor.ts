import { IconPlayerPlay } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Command button",
  summary: "Sends one command to a device.",
  icon: IconPlayerPlay,
  load: () => import("./CommandButton"),
  shows: "device",
  size: { w: 5, h: 3 },
  settings: [
    { name: "method", label: "Method", type: "text", default: "reboot" },
    { name: "params", label: "Parameters, as JSON", type: "long-text", default: "{}" },
    { name: "label", label: "On the button", type: "text", default: "Send" },
    { name: "answer", label: "Wait for the answer", type: "boolean", default: false },
  ],
};
