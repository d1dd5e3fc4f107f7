/// Where production does not fit the light: hours that brought far less than the same light brought otherwise.

export interface Hour {
  ts: number;
  value: number;
}

export interface DoubtfulHour {
  ts: number;
  produced: number;
  /// What the light of that hour usually brings.
  expected: number;
}

/// Hours darker than this part of the brightest say nothing.
const brightPart = 0.25;
/// Less than this part of what is usual is doubtful.
const doubtfulPart = 0.4;
const hoursNeeded = 4;

export function doubtfulHours(production: Hour[], light: Hour[]): DoubtfulHour[] {
  const produced = new Map(production.map(({ ts, value }) => [ts, value]));
  const brightest = Math.max(0, ...light.map(({ value }) => value));
  const hours = light.flatMap(({ ts, value }) => {
    const made = produced.get(ts);
    return made !== undefined && value > 0 && value >= brightest * brightPart
      ? [{ ts, produced: made, light: value }]
      : [];
  });
  if (hours.length < hoursNeeded) return [];
  const usual = median(hours.map((hour) => hour.produced / hour.light));
  return hours
    .map((hour) => ({ ts: hour.ts, produced: hour.produced, expected: hour.light * usual }))
    .filter((hour) => hour.produced < hour.expected * doubtfulPart);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
