import "uplot/dist/uPlot.min.css";
import { Text, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import { rowsOf } from "../live-chart/course";
import { lineColour, plotOptions } from "../live-chart/plot";
import { type Bucketing, useHistory } from "../useHistory";
import { shownKeys, textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";
import { sideBySide } from "./bars";

export default function BarChart({ sources, window, settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const isDark = useComputedColorScheme("light") === "dark";
  const { ref: frame, width, height } = useElementSize();
  const target = useRef<HTMLDivElement>(null);
  const every = textSetting(settings, "every", "auto");
  const agg = textSetting(settings, "agg", "AVG") as Bucketing["agg"];
  const { series, error } = useHistory(sources, window, {
    agg,
    ...(every !== "auto" && { interval: every }),
  });
  const labels = shownKeys(sources).map(({ label }) => label);
  const drawn = JSON.stringify(series.map(({ points }) => points));
  const joined = labels.join("\n");
  useEffect(() => {
    if (!target.current || width === 0 || height === 0) return;
    const names = joined.split("\n");
    const options = plotOptions({
      keys: names,
      language: i18n.language,
      isDark,
      width,
      height,
      onCursor: () => {},
      onSelect: () => {},
    });
    const points = JSON.parse(drawn) as { ts: number; value: number }[][];
    const keyed = Object.fromEntries(points.map((each, i) => [String(i), each]));
    const rows = rowsOf(
      points.map((_, i) => String(i)),
      keyed,
    );
    const times = [...new Set(rows.map(([time]) => time))];
    const columns = points.map((_, i) =>
      times.map((time) => rows.find(([at, series]) => at === time && series === i)?.[2] ?? null),
    );
    for (const [i, each] of options.series.slice(1).entries()) {
      each.fill = lineColour(i, isDark);
      each.paths = sideBySide(i, names.length);
    }
    options.scales = {
      ...options.scales,
      y: { range: (_plot, low, high) => [Math.min(0, low ?? 0), (high ?? 1) * 1.08 || 1] },
    };
    const plot = new uPlot(options, [times, ...columns], target.current);
    return () => plot.destroy();
  }, [drawn, joined, width, height, isDark, i18n.language]);
  if (error) return <Text role="alert">{error.message}</Text>;
  return (
    <div ref={frame} className={classes.plot}>
      <div ref={target} role="img" aria-label={t("Bars of {{keys}}", { keys: labels.join(", ") })} />
    </div>
  );
}
