import { useTranslation } from "react-i18next";
import { TailList } from "../../pages/topic/TailList";
import { useTail } from "../../pages/topic/useTail";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

const shown = 100;

export default function KafkaTail({ settings }: WidgetProps) {
  const { t } = useTranslation();
  const topic = textSetting(settings, "topic");
  if (topic === "") return <span className="faint">{t("Name a topic in this widget's settings.")}</span>;
  return <Tail topic={topic} />;
}

function Tail({ topic }: { topic: string }) {
  const tail = useTail({ topic, from: "latest" });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.body} tabIndex={0} role="group" aria-label={topic}>
      <TailList topic={topic} records={tail.records.slice(0, shown)} />
    </div>
  );
}
