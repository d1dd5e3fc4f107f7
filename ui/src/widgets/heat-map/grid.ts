/// Hourly values as days of 24 hours each, in the reader's own time zone.
import type { TsValue } from "../../api/types";

export interface Day {
  /// Its midnight.
  day: number;
  hours: (number | null)[];
}

export function gridOf(points: TsValue[]): Day[] {
  const days = new Map<number, Day>();
  for (const { ts, value } of points) {
    if (typeof value !== "number") continue;
    const date = new Date(ts);
    const hour = date.getHours();
    const day = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
    const known = days.get(day) ?? { day, hours: new Array<number | null>(24).fill(null) };
    known.hours[hour] = value;
    days.set(day, known);
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}
