import { useTranslation } from "react-i18next";
import { useLatestValue } from "../useLatestValue";
import { numberOf, numberSetting, part, written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

/// Three quarters of a circle, open below.
const path = "M 18.2 81.8 A 45 45 0 1 1 81.8 81.8";
const length = 2 * Math.PI * 45 * 0.75;

export default function Gauge(props: WidgetProps) {
  const { t, i18n } = useTranslation();
  const { value, label, look } = useLatestValue(props);
  const [min, max] = [numberSetting(props.settings, "min", 0), numberSetting(props.settings, "max", 100)];
  const warn = numberOf(props.settings.warn ?? undefined);
  const number = numberOf(value);
  const text = number === null ? "—" : written(number, look, i18n.language);
  return (
    <div className={classes.centre}>
      <svg
        viewBox="0 0 100 92"
        className={classes.drawing}
        role="img"
        aria-label={t("{{label}}: {{text}}, between {{min}} and {{max}}", { label, text, min, max })}
      >
        <path d={path} className={classes.track} strokeWidth={9} />
        {number !== null && (
          <path
            d={path}
            className={classes.value}
            data-warn={(warn !== null && number >= warn) || undefined}
            strokeWidth={9}
            strokeDasharray={`${length * part(number, min, max)} 999`}
          />
        )}
        <text x={50} y={54} textAnchor="middle" className={classes.figure}>
          {text}
        </text>
        <text x={50} y={68} textAnchor="middle" className={classes.label}>
          {label}
        </text>
        <text x={20} y={91} textAnchor="middle" className={classes.label}>
          {min}
        </text>
        <text x={80} y={91} textAnchor="middle" className={classes.label}>
          {max}
        </text>
      </svg>
    </div>
  );
}
