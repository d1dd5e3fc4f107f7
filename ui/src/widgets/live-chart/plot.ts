/// uPlot, set up for a live chart: time to the right, one line per key, colours of the page.
import type uPlot from "uplot";

/// Told apart by eye in light and dark, also with the common colour blindnesses.
const lightLines = ["#0b7c8d", "#c2410c", "#6d28d9", "#15803d", "#be185d", "#a16207", "#1d4ed8", "#57534e"];
const darkLines = ["#4cc9dc", "#fb923c", "#b39dfa", "#5fd38d", "#f47fb4", "#e5c04b", "#7aa7ff", "#b8b0a8"];

export function lineColour(series: number, isDark: boolean): string {
  const lines = isDark ? darkLines : lightLines;
  return lines[series % lines.length] as string;
}

interface PlotOptions {
  keys: string[];
  language: string;
  isDark: boolean;
  width: number;
  height: number;
  onCursor: (index: number | null) => void;
  onSelect: (fromTs: number, untilTs: number) => void;
}

export function plotOptions(options: PlotOptions): uPlot.Options {
  const ink = options.isDark ? "#9aa9b1" : "#56646b";
  const grid = { stroke: options.isDark ? "#2d383e" : "#e4eaec", width: 1 };
  const axis = { stroke: ink, grid, ticks: { show: false }, font: '12px "Inter Variable", sans-serif' };
  return {
    width: options.width,
    height: options.height,
    ms: 1,
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
    scales: { x: { time: true }, y: { range: roomy } },
    axes: [
      { ...axis, space: 80, values: (_plot, times) => timeTexts(times, options.language) },
      { ...axis, size: 52, space: 36 },
    ],
    series: [
      {},
      ...options.keys.map((key, i) => ({
        label: key,
        stroke: lineColour(i, options.isDark),
        width: 2,
        spanGaps: true,
        points: { show: false },
      })),
    ],
    hooks: {
      setCursor: [(plot) => options.onCursor(plot.cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width > 4) options.onSelect(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

// Some air above and below the lines, and a band around a flat one.
function roomy(_plot: uPlot, min: number, max: number): uPlot.Range.MinMax {
  if (min === null || !Number.isFinite(min)) return [0, 1];
  const air = (max - min) * 0.12 || Math.max(1, Math.abs(min) * 0.05);
  return [min - air, max + air];
}

/// The times under a chart as fine as their distance asks: seconds, minutes, or days.
export function timeTexts(times: number[], language: string): string[] {
  const step = (times[1] ?? 0) - (times[0] ?? 0);
  const clock = new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(step < 60_000 && { second: "2-digit" }),
  });
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
  return times.map((time) => (isMidnight(time) || step >= 86_400_000 ? day : clock).format(time));
}

function isMidnight(time: number): boolean {
  const date = new Date(time);
  return date.getHours() + date.getMinutes() + date.getSeconds() === 0;
}
