import { useTranslation } from "react-i18next";
import { JsonView } from "../../text/JsonView";
import { useLatestValue } from "../useLatestValue";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function JsonViewer(props: WidgetProps) {
  const { t } = useTranslation();
  const { value, label } = useLatestValue(props);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.body} tabIndex={0} role="group" aria-label={label || t("JSON")}>
      {value === undefined ? <span className="faint">{t("No value yet.")}</span> : <JsonView value={value} />}
    </div>
  );
}
