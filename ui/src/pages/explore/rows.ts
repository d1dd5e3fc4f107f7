/// Several series on one time axis, and the same as a file.
import type { Json, TsValue } from "../../api/types";

export interface Row {
  ts: number;
  /// One per series; undefined where it has no value at that time.
  values: (Json | undefined)[];
}

/// Sorted by time, the oldest first.
export function rowsOf(series: TsValue[][]): Row[] {
  const rows = new Map<number, (Json | undefined)[]>();
  for (const [index, points] of series.entries())
    for (const { ts, value } of points) {
      const values = rows.get(ts) ?? new Array(series.length).fill(undefined);
      values[index] = value;
      rows.set(ts, values);
    }
  return [...rows].map(([ts, values]) => ({ ts, values })).sort((a, b) => a.ts - b.ts);
}

/// Columns for a chart: times, then one column per series, null where there is no number.
export function columnsOf(rows: Row[], seriesCount: number): [number[], ...(number | null)[][]] {
  const columns = Array.from({ length: seriesCount }, (_, i) =>
    rows.map(({ values }) => numberOf(values[i])),
  );
  return [rows.map(({ ts }) => ts), ...columns];
}

/// RFC 4180, times as ISO 8601 in UTC.
export function csvOf(titles: string[], rows: Row[]): string {
  const lines = rows.map(({ ts, values }) => [new Date(ts).toISOString(), ...values.map(cellText)]);
  return [["time", ...titles], ...lines].map((line) => line.map(quoted).join(",")).join("\r\n");
}

export interface Summary {
  count: number;
  min: number;
  max: number;
  average: number;
}

export function summaryOf(points: TsValue[]): Summary | null {
  const numbers = points.flatMap(({ value }) => numberOf(value) ?? []);
  if (numbers.length === 0) return null;
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const number of numbers) {
    min = Math.min(min, number);
    max = Math.max(max, number);
    sum += number;
  }
  return { count: numbers.length, min, max, average: sum / numbers.length };
}

function numberOf(value: Json | undefined): number | null {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" ? value : null;
}

function cellText(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

// A spreadsheet takes a cell that begins like a formula for one.
function quoted(cell: string): string {
  const isFormula = /^[=+\-@\t]/.test(cell) && Number.isNaN(Number(cell));
  const text = isFormula ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
