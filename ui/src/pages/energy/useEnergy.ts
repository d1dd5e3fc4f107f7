/// What the chosen meters counted in a span, added up per part of it.
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { get } from "../../api/http";
import type { Hour } from "./fault";
import type { MeterKey } from "./meters";
import { type Cut, partsOf, type Span } from "./period";

interface Bucket {
  ts: number;
  value: number;
  cost?: number;
  currency?: string;
  byRate?: Record<string, number>;
}

export interface Counted {
  /// For each part of the span; null where no meter says anything.
  parts: (number | null)[];
  total: number;
  cost: number | null;
  currency: string;
  byRate: Record<string, number>;
  hasAny: boolean;
  isLoading: boolean;
  error: Error | null;
}

const freshMs = 30_000;

export function useCounted(meters: MeterKey[], span: Span): Counted {
  return useQueries({
    queries: meters.map((meter) => consumptionQuery(meter, span)),
    combine: (results) => ({
      ...added(
        results.flatMap(({ data }) => data ?? []),
        span,
      ),
      isLoading: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error)?.error ?? null,
    }),
  });
}

export function added(buckets: Bucket[], span: Span): Omit<Counted, "isLoading" | "error"> {
  const starts = partsOf(span);
  const parts: (number | null)[] = starts.map(() => null);
  const byRate: Record<string, number> = {};
  let cost: number | null = null;
  for (const bucket of buckets) {
    const index = starts.findLastIndex((start) => start <= bucket.ts);
    if (index >= 0) parts[index] = (parts[index] ?? 0) + bucket.value;
    if (bucket.cost !== undefined) cost = (cost ?? 0) + bucket.cost;
    for (const [rate, amount] of Object.entries(bucket.byRate ?? {}))
      byRate[rate] = (byRate[rate] ?? 0) + amount;
  }
  const known = parts.filter((part) => part !== null);
  return {
    parts,
    total: known.reduce((sum, part) => sum + part, 0),
    cost,
    currency: buckets.find(({ currency }) => currency)?.currency ?? "",
    byRate,
    hasAny: known.length > 0,
  };
}

/// What had been counted when that part of the period was over, its parts taken as even.
export function upTo({ parts }: Pick<Counted, "parts">, elapsed: number): number {
  const whole = elapsed * parts.length;
  return parts.reduce<number>((sum, part, i) => sum + (part ?? 0) * Math.min(1, Math.max(0, whole - i)), 0);
}

function consumptionQuery({ deviceId, key }: MeterKey, { fromTs, untilTs, cut }: Span) {
  return {
    queryKey: ["energy", "consumption", deviceId, key, fromTs, untilTs, cut],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      get<Bucket[]>(
        `/api/plugins/telemetry/DEVICE/${deviceId}/consumption`,
        { key, startTs: fromTs, endTs: untilTs, ...calendar(cut) },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: untilTs > Date.now() ? freshMs : (false as const),
  };
}

/// Hours of light, on average.
export function lightQuery(light: MeterKey | undefined, { fromTs, untilTs }: Span) {
  return {
    queryKey: ["energy", "light", light, fromTs, untilTs],
    enabled: light !== undefined,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Hour[]> => {
      if (!light) return [];
      const { deviceId, key } = light;
      const found = await get<Record<string, Hour[]>>(
        `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries`,
        {
          keys: key,
          startTs: fromTs,
          endTs: untilTs,
          agg: "AVG",
          limit: 5_000,
          orderBy: "ASC",
          useStrictDataTypes: true,
          ...calendar("HOUR"),
        },
        signal,
      );
      // An aggregate bears the middle of its interval.
      return (found[key] ?? []).map(({ ts, value }) => ({
        ts: Math.floor(ts / hourMs) * hourMs,
        value: Number(value),
      }));
    },
  };
}

const hourMs = 3_600_000;

function calendar(cut: Cut) {
  return { intervalType: cut, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}
