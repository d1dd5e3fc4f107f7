import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useHistory } from "../useHistory";
import { written } from "../values";
import type { WidgetProps } from "../widget";
import { gridOf } from "./grid";
import classes from "./HeatMap.module.css";

const weekMs = 604_800_000;

/// At least a week, whatever the dashboard's window: hours of one hour would say nothing.
export default function HeatMap({ source, window }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const wide = "liveMs" in window && window.liveMs < weekMs ? { liveMs: weekMs } : window;
  const key = source.keys[0];
  const { series, error } = useHistory([{ ...source, keys: key ? [key] : [] }], wide, {
    agg: "AVG",
    interval: "HOUR",
  });
  if (error) return <Text role="alert">{error.message}</Text>;
  const days = gridOf(series[0]?.points ?? []);
  const values = days.flatMap(({ hours }) => hours.filter((value) => value !== null));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const heat = (value: number) => (high === low ? 0.5 : (value - low) / (high - low));
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{t("{{key}} by day and hour", { key: key ?? "" })}</caption>
      <tbody>
        {days.map(({ day, hours }) => (
          <tr key={day}>
            <th scope="row">
              {new Date(day).toLocaleDateString(i18n.language, { weekday: "short", day: "numeric" })}
            </th>
            {hours.map((value, hour) => (
              <td
                // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
                key={hour}
                style={value === null ? undefined : ({ "--heat": heat(value) } as React.CSSProperties)}
                data-known={value !== null || undefined}
                title={
                  value === null
                    ? undefined
                    : `${hour}:00 ${written(value, source.looks?.[key ?? ""], i18n.language)}`
                }
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
