import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { countersQuery } from "../../api/queries";

export interface Doings {
  messages: number;
  failed: number;
  connected: number;
  /// Null until there are two readings.
  perSecond: number | null;
}

interface Reading {
  at: number;
  counters: Record<string, number>;
}

/// What the server does as a whole, read every two seconds; null where this account may not see it.
export function useDoings(): Doings | null {
  const reading = useQuery(countersQuery).data ?? null;
  const before = useRef<Reading | null>(null);
  const [doings, setDoings] = useState<Doings | null>(null);
  useEffect(() => {
    if (!reading) return;
    setDoings(doingsOf(reading, before.current));
    before.current = reading;
  }, [reading]);
  return doings;
}

export function doingsOf({ at, counters }: Reading, before: Reading | null): Doings {
  const messages = counters["pipeline.messages"] ?? 0;
  const seconds = before ? (at - before.at) / 1000 : 0;
  const passed = before ? messages - (before.counters["pipeline.messages"] ?? 0) : 0;
  return {
    messages,
    failed: counters["pipeline.failed"] ?? 0,
    connected: counters["device.connected"] ?? 0,
    perSecond: seconds > 0 && passed >= 0 ? passed / seconds : null,
  };
}
