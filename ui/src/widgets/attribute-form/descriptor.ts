import { IconForms } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Attribute form",
  summary: "Shows attributes of a device and changes them.",
  icon: IconForms,
  load: () => import("./AttributeForm"),
  shows: "device",
  size: { w: 8, h: 5 },
  settings: [
    {
      name: "scope",
      label: "Attributes",
      type: "choice",
      choices: ["SERVER_SCOPE", "SHARED_SCOPE"],
      default: "SERVER_SCOPE",
    },
    { name: "keys", label: "Keys, with commas between", type: "text", default: "" },
  ],
};
