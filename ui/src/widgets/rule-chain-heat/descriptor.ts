import { IconRouteAltLeft } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Rule chain heat map",
  summary: "The nodes of a rule chain, coloured by their rate, their time or their errors.",
  icon: IconRouteAltLeft,
  load: () => import("./RuleChainHeat"),
  shows: "nothing",
  size: { w: 12, h: 7 },
  settings: [
    { name: "chain", label: "Rule chain", type: "rule-chain", default: "" },
    {
      name: "heat",
      label: "Coloured by",
      type: "choice",
      choices: ["rate", "latency", "errors"],
      default: "rate",
    },
  ],
};
