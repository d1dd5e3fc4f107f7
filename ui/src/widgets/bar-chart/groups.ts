/// Aggregates of several series as groups of bars, one for each time that any of them has.
import type { BarGroup } from "../../charts/Bars";

export function groupsOf(
  series: { ts: number; value: number }[][],
  every: string,
  language: string,
): BarGroup[] {
  const times = [...new Set(series.flatMap((points) => points.map(({ ts }) => ts)))].sort((a, b) => a - b);
  const found = series.map((points) => new Map(points.map(({ ts, value }) => [ts, value])));
  const step = (times[1] ?? 0) - (times[0] ?? 0);
  return times.map((ts) => ({
    label: short(ts, every, step, language),
    title: new Date(ts).toLocaleString(language, {
      dateStyle: "medium",
      ...(isCoarse(every) ? {} : { timeStyle: "short" }),
    }),
    values: found.map((points) => points.get(ts) ?? null),
  }));
}

/// What was before on the times of what is now, each on the nearest: months are not all as long.
export function movedOnto(
  points: { ts: number; value: number }[],
  shiftMs: number,
  times: number[],
): { ts: number; value: number }[] {
  const nearest = (ts: number) =>
    times.reduce((best, time) => (Math.abs(time - ts) < Math.abs(best - ts) ? time : best), times[0] ?? ts);
  const free = new Map(points.map(({ ts, value }) => [nearest(ts + shiftMs), value]));
  return [...free].map(([ts, value]) => ({ ts, value }));
}

function isCoarse(every: string): boolean {
  return ["DAY", "WEEK_ISO", "MONTH"].includes(every);
}

function short(ts: number, every: string, step: number, language: string): string {
  const date = new Date(ts);
  if (every === "MONTH") return date.toLocaleDateString(language, { month: "short" });
  if (isCoarse(every) || step >= 86_400_000)
    return date.toLocaleDateString(language, { day: "numeric", month: "short" });
  return date.toLocaleTimeString(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(step > 0 && step < 60_000 && { second: "2-digit" }),
  });
}
