import "uplot/dist/uPlot.min.css";
import { Alert, Button, Group, Text, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconAlertTriangle, IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import { history } from "../../api/queries";
import { feed } from "../../live";
import { valueText } from "../../text/Value";
import type { WidgetProps } from "../widget";
import { Course } from "./course";
import classes from "./LiveChart.module.css";
import { lineColour, plotOptions } from "./plot";

const height = 300;

interface Range {
  min: number;
  max: number;
}

export default function LiveChart({ source: { deviceId, keys }, windowMs }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const isDark = useComputedColorScheme("light") === "dark";
  const { ref: frame, width } = useElementSize();
  const target = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [course, setCourse] = useState<Course | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [zoom, setZoom] = useState<Range | null>(null);
  const zoomed = useRef<Range | null>(null);
  const [, drawLegend] = useReducer((n: number) => n + 1, 0);
  const joined = keys.join(",");

  useEffect(() => {
    const names = joined.split(",");
    const next = new Course(
      names,
      windowMs,
      (range) => history(deviceId, names, range),
      () => changed.current(),
    );
    setCourse(next);
    setZoom(null);
    return next.start(feed(deviceId));
  }, [deviceId, joined, windowMs]);

  const changed = useRef(() => {});
  useEffect(() => {
    if (!course || !target.current || width === 0) return;
    const drawing = new uPlot(
      plotOptions({
        keys: joined.split(","),
        language: i18n.language,
        isDark,
        width,
        height,
        onCursor: setCursor,
        onSelect: (min, max) => setZoom({ min, max }),
      }),
      course.columns.view() as uPlot.AlignedData,
      target.current,
    );
    plot.current = drawing;
    let request = 0;
    const draw = () => {
      request = 0;
      drawing.setData(course.columns.view() as uPlot.AlignedData, false);
      const until = Math.max(Date.now(), course.columns.lastTime);
      drawing.setScale("x", zoomed.current ?? { min: until - windowMs, max: until });
    };
    const drawSoon = () => {
      request ||= requestAnimationFrame(draw);
    };
    changed.current = () => {
      drawSoon();
      drawLegend();
    };
    draw();
    // Time passes at the right edge also when nothing arrives.
    const timer = setInterval(drawSoon, Math.max(250, Math.min(5_000, (windowMs / width) * 2)));
    return () => {
      changed.current = () => {};
      clearInterval(timer);
      cancelAnimationFrame(request);
      drawing.destroy();
      plot.current = null;
    };
  }, [course, joined, isDark, width, windowMs, i18n.language]);

  useEffect(() => {
    zoomed.current = zoom;
    changed.current();
  }, [zoom]);

  useEffect(() => {
    for (const [i, key] of joined.split(",").entries())
      plot.current?.setSeries(i + 1, { show: !hidden.has(key) }, false);
  });

  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  const columns = course?.columns.view();

  return (
    <div ref={frame} className={classes.frame}>
      {course?.failure && (
        <Alert color="red" icon={<IconAlertTriangle />} mb="sm" role="alert">
          <Group gap="sm">
            <Text size="sm">
              {t("The history could not be read, so the chart shows new values only.")}{" "}
              {course.failure.message}
            </Text>
            <Button size="xs" variant="default" onClick={() => void course.load()}>
              {t("Try again")}
            </Button>
          </Group>
        </Alert>
      )}
      <div
        ref={target}
        role="img"
        aria-label={t("Chart of {{keys}} over time", { keys: keys.join(", ") })}
        className={classes.plot}
        style={{ height }}
      />
      <Group gap={6} mt={6}>
        {keys.map((key, i) => (
          <button
            key={key}
            type="button"
            className={classes.key}
            aria-pressed={!hidden.has(key)}
            onClick={() => toggle(key)}
            title={t("Show or hide {{key}}", { key })}
          >
            <span className={classes.swatch} style={{ background: lineColour(i, isDark) }} aria-hidden />
            {key}
            <span className={`${classes.reading} numbers`}>
              {reading(columns?.[i + 1], cursor, i18n.language)}
            </span>
          </button>
        ))}
        {zoom && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            onClick={() => setZoom(null)}
          >
            {t("Back to live")}
          </Button>
        )}
      </Group>
    </div>
  );
}

/// The value under the cursor, otherwise the newest.
function reading(
  column: ArrayLike<number | null> | undefined,
  cursor: number | null,
  language: string,
): string {
  if (!column) return "";
  let at = cursor ?? column.length - 1;
  while (at > 0 && column[at] === null) at--;
  const value = column[at];
  return typeof value === "number" && Number.isFinite(value) ? valueText(value, language) : "";
}
