import { useTranslation } from "react-i18next";
import { useLatestValue } from "../useLatestValue";
import { numberOf, numberSetting, part, written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

const top = 8;
const depth = 84;

export default function LiquidLevel(props: WidgetProps) {
  const { i18n } = useTranslation();
  const { value, label, look } = useLatestValue(props);
  const number = numberOf(value);
  const [min, max] = [numberSetting(props.settings, "min", 0), numberSetting(props.settings, "max", 100)];
  const full = number === null ? 0 : part(number, min, max);
  const level = top + depth * (1 - full);
  const text = number === null ? "—" : written(number, look, i18n.language);
  return (
    <div className={classes.centre}>
      <svg viewBox="0 0 70 100" className={classes.drawing} role="img" aria-label={`${label}: ${text}`}>
        <clipPath id={`tank-${props.source.deviceId}-${label}`}>
          <rect x={10} y={top} width={50} height={depth} rx={8} />
        </clipPath>
        <g clipPath={`url(#tank-${props.source.deviceId}-${label})`}>
          <rect x={10} y={top} width={50} height={depth} fill="var(--ground)" />
          <path
            d={`M10 ${level} q12.5 -3 25 0 t25 0 V100 H10 Z`}
            fill="var(--mantine-color-river-5)"
            opacity={0.75}
          />
        </g>
        <rect
          x={10}
          y={top}
          width={50}
          height={depth}
          rx={8}
          fill="none"
          stroke="var(--faint)"
          strokeWidth={1.5}
        />
      </svg>
      <b className="numbers">{text}</b>
      <span className="faint">{label}</span>
    </div>
  );
}
