import { useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLatestOf } from "../../live";
import { lineColour } from "../live-chart/plot";
import { numberOf, shownKeys, written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";
import { slicesOf } from "./slices";

export default function Pie({ sources, settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const isDark = useComputedColorScheme("light") === "dark";
  const latest = useLatestOf(sources);
  const parts = shownKeys(sources).map(({ source, key, label, look }, i) => ({
    label,
    look,
    colour: look?.color ?? lineColour(i, isDark),
    amount: Math.max(0, numberOf(latest.get(source.deviceId)?.get(key)?.value) ?? 0),
  }));
  const slices = slicesOf(parts.map(({ amount }) => amount));
  const texts = parts.map(({ label, amount, look }) => `${label}: ${written(amount, look, i18n.language)}`);
  return (
    <div className={classes.centre}>
      <svg viewBox="-52 -52 104 104" className={classes.drawing} role="img" aria-label={texts.join(", ")}>
        {slices.map((path, i) => (
          <path
            key={parts[i]?.label}
            d={path}
            fill={parts[i]?.colour}
            stroke="var(--surface)"
            strokeWidth={1}
          >
            <title>{texts[i]}</title>
          </path>
        ))}
        {settings.hole !== false && <circle r={28} fill="var(--surface)" />}
      </svg>
      <ul className={classes.legend} aria-label={t("Parts")}>
        {parts.map(({ label, colour }, i) => (
          <li key={label}>
            <span style={{ background: colour }} aria-hidden />
            {texts[i]}
          </li>
        ))}
      </ul>
    </div>
  );
}
