import { IconSolarPanel } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Energy flow",
  summary: "Power between roof, battery, grid and home as it flows now.",
  icon: IconSolarPanel,
  load: () => import("./EnergyFlow"),
  shows: "values",
  size: { w: 8, h: 7 },
  settings: [
    { name: "unit", label: "Unit", type: "text", default: "W" },
    { name: "charges", label: "A battery that charges is above zero", type: "boolean", default: true },
    { name: "imports", label: "A grid that gives is above zero", type: "boolean", default: true },
  ],
};
