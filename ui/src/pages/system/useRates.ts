/// How fast counts grow, from one reading to the next.
import { useEffect, useMemo, useRef } from "react";

interface Reading {
  at: number;
  counters: Record<string, number>;
}

export function useRates(reading: Reading | undefined): ReadonlyMap<string, number> {
  const before = useRef<Reading | undefined>(undefined);
  const rates = useMemo(() => ratesOf(before.current, reading), [reading]);
  useEffect(() => {
    before.current = reading;
  }, [reading]);
  return rates;
}

/// A count that went down was started anew, and has no rate for once.
export function ratesOf(before: Reading | undefined, now: Reading | undefined): ReadonlyMap<string, number> {
  if (!before || !now || now.at <= before.at) return new Map();
  const seconds = (now.at - before.at) / 1000;
  return new Map(
    Object.entries(now.counters).flatMap(([name, count]) => {
      const grown = count - (before.counters[name] ?? count);
      return grown > 0 ? [[name, grown / seconds] as const] : [];
    }),
  );
}
