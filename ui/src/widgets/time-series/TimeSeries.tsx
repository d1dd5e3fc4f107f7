/// Lines of many series on one time axis: the history of the window, then every point as it comes.
import "uplot/dist/uPlot.min.css";
import { Text, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import { isLive, rangeOf, type TimeWindow, windowBefore } from "../../dashboards/timeWindow";
import { lineColour, plotOptions } from "../live-chart/plot";
import { type ShownKey, shownKeys, textSetting, written } from "../values";
import type { WidgetProps } from "../widget";
import { type Courses, useCourses, whole } from "./courses";
import classes from "./TimeSeries.module.css";

export default function TimeSeries({ sources, window, isCompared, settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const isDark = useComputedColorScheme("light") === "dark";
  const { ref: frame, width, height } = useElementSize();
  const target = useRef<HTMLDivElement>(null);
  const own = shownKeys(sources);
  const { read, onChange, failure } = useComparedCourses(sources, window, isCompared);
  const keys = isCompared ? [...own, ...own.map((each) => past(each, t("before")))] : own;
  const style = textSetting(settings, "style", "line");
  const [cursor, setCursor] = useState<number | null>(null);
  const joined = keys.map(({ label }) => label).join("\n");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the labels stand for the keys
  useEffect(() => {
    if (!target.current || width === 0 || height === 0 || keys.length === 0) return;
    const options = plotOptions({
      keys: joined.split("\n"),
      language: i18n.language,
      isDark,
      width,
      height,
      onCursor: setCursor,
      onSelect: () => {},
    });
    for (const [i, series] of options.series.slice(1).entries()) {
      styled(series, keys[i], style, i % own.length, isDark);
      if (i >= own.length) series.dash = [5, 5];
    }
    const count = options.series.length;
    const plot = new uPlot(options, whole(read(), count), target.current);
    const draw = () => {
      request = 0;
      plot.setData(whole(read(), count), false);
      const { fromTs, untilTs } = rangeOf(window);
      plot.setScale("x", { min: fromTs, max: untilTs });
    };
    let request = requestAnimationFrame(draw);
    const drawSoon = () => {
      if (!document.hidden) request ||= requestAnimationFrame(draw);
    };
    const end = onChange(drawSoon);
    const timer = isLive(window) ? setInterval(drawSoon, Math.max(1_000, window.liveMs / width)) : undefined;
    return () => {
      end();
      clearInterval(timer);
      cancelAnimationFrame(request);
      plot.destroy();
    };
  }, [joined, width, height, isDark, i18n.language, style, window, read, onChange, own.length]);

  if (keys.length === 0) return <Text size="sm">{t("Choose what it shows.")}</Text>;
  return (
    <div className={classes.frame}>
      {failure && (
        <Text size="sm" role="alert" c="red">
          {failure.message}
        </Text>
      )}
      <div ref={frame} className={classes.plot}>
        <div
          ref={target}
          role="img"
          aria-label={t("Chart of {{keys}} over time", { keys: keys.map(({ label }) => label).join(", ") })}
        />
      </div>
      <Legend
        keys={keys}
        read={read}
        onChange={onChange}
        cursor={cursor}
        isDark={isDark}
        colours={own.length}
      />
    </div>
  );
}

interface LegendProps {
  keys: ShownKey[];
  read: () => uPlot.AlignedData;
  onChange: (listener: () => void) => () => void;
  cursor: number | null;
  isDark: boolean;
  /// After so many the colours begin again.
  colours: number;
}

/// The value under the cursor, otherwise the newest.
function Legend({ keys, read, onChange, cursor, isDark, colours }: LegendProps) {
  const { i18n } = useTranslation();
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => onChange(again), [onChange]);
  const columns = read();
  return (
    <ul className={classes.legend}>
      {keys.map(({ label, look }, i) => {
        const column = columns[i + 1];
        let at = cursor ?? (column?.length ?? 0) - 1;
        while (at > 0 && column?.[at] == null) at--;
        const value = column?.[at];
        return (
          <li key={label}>
            <span style={{ background: look?.color ?? lineColour(i % colours, isDark) }} aria-hidden />
            {label}
            {typeof value === "number" && <b className="numbers">{written(value, look, i18n.language)}</b>}
          </li>
        );
      })}
    </ul>
  );
}

/// What is now and, beside it, what was as long before, moved onto the same times.
function useComparedCourses(
  sources: WidgetProps["sources"],
  window: TimeWindow,
  isCompared: boolean,
): Courses {
  const now = useCourses(sources, window);
  const before = useBefore(isCompared ? sources : [], window);
  const read = useCallback(
    () => (isCompared ? uPlot.join([now.read(), before.read()]) : now.read()),
    [isCompared, now.read, before.read],
  );
  const onChange = useCallback(
    (listener: () => void) => {
      const ends = [now.onChange(listener), before.onChange(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    [now.onChange, before.onChange],
  );
  return { read, onChange, failure: now.failure ?? before.failure };
}

function useBefore(sources: WidgetProps["sources"], window: TimeWindow): Courses {
  const before = useMemo(() => windowBefore(window), [window]);
  const { read, ...rest } = useCourses(sources, before);
  const shifted = useCallback((): uPlot.AlignedData => {
    const [times = [], ...columns] = read();
    return [Array.from(times, (time) => time + before.shiftMs), ...columns] as uPlot.AlignedData;
  }, [read, before]);
  return { ...rest, read: shifted };
}

function past(shown: ShownKey, before: string): ShownKey {
  return { ...shown, label: `${shown.label} (${before})` };
}

function styled(
  series: uPlot.Series,
  shown: ShownKey | undefined,
  style: string,
  i: number,
  isDark: boolean,
): void {
  const colour = shown?.look?.color ?? lineColour(i, isDark);
  series.stroke = colour;
  if (style === "area") series.fill = `${colour}33`;
  const steps = uPlot.paths.stepped?.({ align: 1 });
  if (style === "steps" && steps) series.paths = steps;
  if (style === "points") {
    series.paths = () => null;
    series.points = { show: true, size: 5 };
  }
}
