import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import { plotOptions } from "../../widgets/live-chart/plot";
import type { Range } from "./question";
import { columnsOf, type Row } from "./rows";

interface ExploreChartProps {
  titles: string[];
  rows: Row[];
  range: Range;
  onCursor: (index: number | null) => void;
  /// A part of the time axis was marked.
  onSelect: (range: Range) => void;
}

const height = 380;

export function ExploreChart({ titles, rows, range, onCursor, onSelect }: ExploreChartProps) {
  const { t, i18n } = useTranslation();
  const isDark = useComputedColorScheme("light") === "dark";
  const { ref: frame, width } = useElementSize();
  const target = useRef<HTMLDivElement>(null);
  const cursor = useEffectEvent(onCursor);
  const select = useEffectEvent(onSelect);
  const joined = titles.join("\n");
  useEffect(() => {
    if (!target.current || width === 0) return;
    const keys = joined.split("\n");
    const plot = new uPlot(
      plotOptions({
        keys,
        language: i18n.language,
        isDark,
        width,
        height,
        onCursor: (index) => cursor(index),
        onSelect: (fromTs, untilTs) => select({ fromTs: Math.floor(fromTs), untilTs: Math.ceil(untilTs) }),
      }),
      columnsOf(rows, keys.length) as uPlot.AlignedData,
      target.current,
    );
    plot.setScale("x", { min: range.fromTs, max: range.untilTs });
    return () => plot.destroy();
  }, [joined, rows, range, isDark, width, i18n.language]);
  return (
    <div ref={frame}>
      <div
        ref={target}
        role="img"
        aria-label={t("Chart of {{keys}} over time", { keys: titles.join(", ") })}
        style={{ height }}
      />
    </div>
  );
}
