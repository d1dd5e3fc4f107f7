import { useTranslation } from "react-i18next";
import { useLatestValue } from "../useLatestValue";
import { numberOf } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

/// From weak to strong, as radio people read dBm.
const steps = [-100, -90, -80, -70, -60];

export default function Signal(props: WidgetProps) {
  const { i18n } = useTranslation();
  const { value, label } = useLatestValue(props);
  const dbm = numberOf(value);
  const bars = dbm === null ? 0 : steps.filter((step) => dbm >= step).length;
  const text = dbm === null ? "—" : `${dbm.toLocaleString(i18n.language)} dBm`;
  return (
    <div className={classes.centre}>
      <svg viewBox="0 0 100 50" className={classes.drawing} role="img" aria-label={`${label}: ${text}`}>
        {steps.map((step, i) => (
          <rect
            key={step}
            x={14 + i * 15}
            y={40 - i * 8}
            width={10}
            height={8 + i * 8}
            rx={2}
            fill={i < bars ? "var(--accent)" : "var(--line)"}
          />
        ))}
      </svg>
      <b className="numbers">{text}</b>
      <span className="faint">{label}</span>
    </div>
  );
}
