/// A day, week, month or year: from when to when, what it is cut into, and the one before.
import type { Period } from "../../router";

export type Cut = "HOUR" | "DAY" | "MONTH";

export interface Span {
  fromTs: number;
  untilTs: number;
  cut: Cut;
}

const cuts: Record<Period, Cut> = { day: "HOUR", week: "DAY", month: "DAY", year: "MONTH" };

/// The period that holds that day.
export function spanOf(period: Period, day: Date): Span {
  const from = beginning(period, day);
  return { fromTs: from.getTime(), untilTs: moved(period, from, 1).getTime(), cut: cuts[period] };
}

/// Whole periods later, or earlier with a negative number: the same day of it where there is one.
export function moved(period: Period, day: Date, by: number): Date {
  const { y, m, d } = { y: day.getFullYear(), m: day.getMonth(), d: day.getDate() };
  switch (period) {
    case "day":
      return new Date(y, m, d + by);
    case "week":
      return new Date(y, m, d + 7 * by);
    case "month":
      return new Date(y, m + by, Math.min(d, daysIn(y, m + by)));
    case "year":
      return new Date(y + by, m, Math.min(d, daysIn(y + by, m)));
  }
}

/// When each part of the span begins.
export function partsOf({ fromTs, untilTs, cut }: Span): number[] {
  const parts = [];
  for (let at = new Date(fromTs); at.getTime() < untilTs; at = next(cut, at)) parts.push(at.getTime());
  return parts;
}

export function dayText(day: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/// A day as `dayText` writes it; today where it is none.
export function parseDay(text: string | undefined, now = new Date()): Date {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "") ?? [];
  return y && m && d ? new Date(Number(y), Number(m) - 1, Number(d)) : now;
}

export function spanText(period: Period, { fromTs, untilTs }: Span, language: string): string {
  const from = new Date(fromTs);
  switch (period) {
    case "day":
      return from.toLocaleDateString(language, { dateStyle: "full" });
    case "week":
      return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).formatRange(
        from,
        new Date(untilTs - 1),
      );
    case "month":
      return from.toLocaleDateString(language, { month: "long", year: "numeric" });
    case "year":
      return String(from.getFullYear());
  }
}

export function partText(cut: Cut, ts: number, language: string, isShort: boolean): string {
  const date = new Date(ts);
  switch (cut) {
    case "HOUR":
      return date.toLocaleTimeString(language, {
        hour: "2-digit",
        hourCycle: "h23",
        ...(!isShort && { minute: "2-digit" }),
      });
    case "DAY":
      return date.toLocaleDateString(
        language,
        isShort ? { day: "numeric" } : { weekday: "short", day: "numeric", month: "short" },
      );
    case "MONTH":
      return date.toLocaleDateString(language, {
        month: isShort ? "short" : "long",
        ...(!isShort && { year: "numeric" }),
      });
  }
}

function beginning(period: Period, day: Date): Date {
  const { y, m, d } = { y: day.getFullYear(), m: day.getMonth(), d: day.getDate() };
  switch (period) {
    case "day":
      return new Date(y, m, d);
    case "week":
      return new Date(y, m, d - ((day.getDay() + 6) % 7));
    case "month":
      return new Date(y, m, 1);
    case "year":
      return new Date(y, 0, 1);
  }
}

function next(cut: Cut, at: Date): Date {
  // An hour is an hour on the day that has 23 or 25 of them too.
  if (cut === "HOUR") return new Date(at.getTime() + 3_600_000);
  return cut === "DAY"
    ? new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1)
    : new Date(at.getFullYear(), at.getMonth() + 1, 1);
}

function daysIn(year: number, month: number): number {
  return new Date(year, month + 1, 0).getDate();
}
