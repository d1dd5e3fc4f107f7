import { IconQrcode } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "QR code",
  summary: "A text or address for a phone to read.",
  icon: IconQrcode,
  load: () => import("./QrCode"),
  shows: "nothing",
  size: { w: 5, h: 6 },
  settings: [
    {
      name: "text",
      label: "Text",
      type: "text",
      default: "",
      hint: "Empty is the address of this page.",
      alias: ["qrCodeTextPattern"],
    },
  ],
};
