import { Text, useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { rangeOf } from "../../dashboards/timeWindow";
import { exact } from "../../text/Time";
import { lineColour } from "../live-chart/plot";
import { useHistory } from "../useHistory";
import type { WidgetProps } from "../widget";
import classes from "./StateTimeline.module.css";
import { stretchesOf } from "./stretches";

export default function StateTimeline({ sources, window }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const isDark = useComputedColorScheme("light") === "dark";
  const { series, error, isLoading } = useHistory(sources, window, { agg: "NONE" });
  const range = rangeOf(window);
  const span = range.untilTs - range.fromTs;
  const rows = series.map(({ source, key, points }) => ({
    label: sources.length > 1 ? `${source.name} · ${key}` : key,
    stretches: stretchesOf(points, range.untilTs),
  }));
  const states = [...new Set(rows.flatMap(({ stretches }) => stretches.map(({ state }) => state)))];
  if (error) return <Text role="alert">{error.message}</Text>;
  return (
    <div className={classes.frame}>
      {!isLoading && states.length === 0 && (
        <Text size="sm" className="faint">
          {t("Nothing in this time.")}
        </Text>
      )}
      {rows.map(({ label, stretches }) => (
        <div key={label} className={classes.row}>
          <span className={classes.label}>{label}</span>
          <ul className={classes.bar} aria-label={label}>
            {stretches.map(({ state, fromTs, untilTs }) => (
              <li
                key={fromTs}
                title={`${state}: ${exact(new Date(fromTs), i18n.language)} – ${exact(new Date(untilTs), i18n.language)}`}
                style={{
                  insetInlineStart: `${(100 * (fromTs - range.fromTs)) / span}%`,
                  width: `${(100 * (untilTs - fromTs)) / span}%`,
                  background: lineColour(states.indexOf(state), isDark),
                }}
              >
                <span className={classes.hidden}>{state}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <ul className={classes.legend}>
        {states.slice(0, 12).map((state, i) => (
          <li key={state}>
            <span style={{ background: lineColour(i, isDark) }} aria-hidden />
            {state}
          </li>
        ))}
      </ul>
    </div>
  );
}
