import { IconPhotoPin } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Floor plan",
  summary: "Devices with their values at their places on a picture of yours.",
  icon: IconPhotoPin,
  load: () => import("./FloorPlan"),
  shows: "values",
  size: { w: 12, h: 8 },
  settings: [
    { name: "image", label: "Picture", type: "image", default: "", alias: ["mapImageUrl"] },
    {
      name: "places",
      label: "Places",
      type: "places",
      default: {},
      hint: "Choose a device, then point at its place.",
    },
    {
      name: "xKey",
      label: "Key of its own place across, 0 to 1",
      type: "text",
      default: "xPos",
      alias: ["xPosKeyName"],
    },
    {
      name: "yKey",
      label: "Key of its own place down, 0 to 1",
      type: "text",
      default: "yPos",
      alias: ["yPosKeyName"],
    },
  ],
};
