import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useHistory } from "../useHistory";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";
import { petalsOf } from "./petals";

const names = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];

export default function WindRose({ source, window }: WidgetProps) {
  const { t } = useTranslation();
  const { series, error } = useHistory([{ ...source, keys: source.keys.slice(0, 1) }], window, {
    agg: "NONE",
  });
  if (error) return <Text role="alert">{error.message}</Text>;
  const petals = petalsOf(series[0]?.points ?? [], 16);
  const most = Math.max(...petals, 1e-9);
  return (
    <div className={classes.centre}>
      <svg
        viewBox="-60 -60 120 120"
        className={classes.drawing}
        role="img"
        aria-label={t("Where the wind came from")}
      >
        {[16, 32, 48].map((radius) => (
          <circle key={radius} r={radius} fill="none" stroke="var(--line)" />
        ))}
        {petals.map((part, i) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a direction is its place
            key={i}
            transform={`rotate(${i * 22.5})`}
            d={`M0 0L${(-8 * part) / most} ${(-48 * part) / most}L${(8 * part) / most} ${(-48 * part) / most}Z`}
            fill="var(--accent)"
            opacity={0.8}
          />
        ))}
        {names.map((name, i) => (
          <text
            key={name}
            x={55 * Math.sin((i * Math.PI) / 4)}
            y={-55 * Math.cos((i * Math.PI) / 4) + 3}
            textAnchor="middle"
            className={classes.label}
          >
            {name}
          </text>
        ))}
      </svg>
    </div>
  );
}
