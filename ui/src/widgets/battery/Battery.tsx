import { useTranslation } from "react-i18next";
import { useLatestValue } from "../useLatestValue";
import { numberOf, part } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

const lowPercent = 20;

export default function Battery(props: WidgetProps) {
  const { t, i18n } = useTranslation();
  const { value, label } = useLatestValue(props);
  const percent = numberOf(value);
  const text = percent === null ? "—" : `${Math.round(percent).toLocaleString(i18n.language)} %`;
  const isLow = percent !== null && percent < lowPercent;
  const colour = isLow ? "light-dark(#c92a2a, #ff8787)" : "var(--ok)";
  return (
    <div className={classes.centre}>
      <svg viewBox="0 0 100 46" className={classes.drawing} role="img" aria-label={`${label}: ${text}`}>
        <rect x={6} y={5} width={80} height={36} rx={7} fill="none" stroke="var(--faint)" strokeWidth={3} />
        <rect x={89} y={16} width={6} height={14} rx={2} fill="var(--faint)" />
        {percent !== null && (
          <rect x={10} y={9} width={72 * part(percent, 0, 100)} height={28} rx={4} fill={colour} />
        )}
      </svg>
      <b className="numbers">{text}</b>
      <span className="faint">{isLow ? t("{{label}}: charge it soon", { label }) : label}</span>
    </div>
  );
}
