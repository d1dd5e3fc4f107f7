import { IconMarkdown } from "@tabler/icons-react";
import type { WidgetDescriptor } from "../widget";

export const descriptor: WidgetDescriptor = {
  title: "Text",
  summary: "Markdown or HTML, made safe before it is shown.",
  icon: IconMarkdown,
  load: () => import("./MarkdownCard"),
  shows: "nothing",
  size: { w: 8, h: 5 },
  settings: [
    {
      name: "text",
      label: "Text",
      type: "long-text",
      default: "## Title\n\nWrite **Markdown** here.",
      alias: ["markdownTextPattern", "cardHtml", "labelPattern"],
    },
  ],
};
