import { useMemo } from "react";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "./MarkdownCard.module.css";
import { safeHtml } from "./safeHtml";

export default function MarkdownCard({ settings }: WidgetProps) {
  const text = textSetting(settings, "text");
  const html = useMemo(() => safeHtml(text), [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    // biome-ignore lint/security/noDangerouslySetInnerHtml: safeHtml took out all that acts
    <div className={classes.text} tabIndex={0} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
