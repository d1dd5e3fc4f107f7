/// The points of a widget's keys over its time window, read again as time goes on.
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { get } from "../api/http";
import type { TsValue } from "../api/types";
import { isLive, rangeOf, type TimeWindow } from "../dashboards/timeWindow";
import type { WidgetSource } from "./widget";

export interface Bucketing {
  agg: "NONE" | "AVG" | "MIN" | "MAX" | "SUM" | "COUNT";
  /// "HOUR", "DAY", "WEEK_ISO", "MONTH", or milliseconds.
  interval?: string | number;
}

const pointsMax = 5_000;

export interface ReadSeries {
  source: WidgetSource;
  key: string;
  points: TsValue[];
}

export function useHistory(
  sources: WidgetSource[],
  window: TimeWindow,
  bucketing: Bucketing,
): { series: ReadSeries[]; error: Error | null; isLoading: boolean } {
  const asked = sources.filter(({ deviceId, keys }) => deviceId !== "" && keys.length > 0);
  const results = useQueries({
    queries: asked.map((source) => ({
      queryKey: ["widget", source.entityType, source.deviceId, source.keys, window, bucketing],
      queryFn: ({ signal }: { signal: AbortSignal }) => read(source, window, bucketing, signal),
      placeholderData: keepPreviousData,
      refetchInterval: isLive(window)
        ? Math.min(60_000, Math.max(5_000, window.liveMs / 200))
        : (false as const),
    })),
  });
  return {
    series: asked.flatMap((source, i) =>
      source.keys.map((key) => ({ source, key, points: results[i]?.data?.[key] ?? [] })),
    ),
    error: results.find(({ error }) => error)?.error ?? null,
    isLoading: results.some(({ isPending }) => isPending),
  };
}

function read(
  { entityType = "DEVICE", deviceId, keys }: WidgetSource,
  window: TimeWindow,
  { agg, interval }: Bucketing,
  signal: AbortSignal,
): Promise<Record<string, TsValue[]>> {
  const { fromTs, untilTs } = rangeOf(window);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const buckets =
    agg === "NONE"
      ? {}
      : typeof interval === "string"
        ? { agg, intervalType: interval, timeZone }
        : { agg, interval: interval ?? Math.max(1_000, Math.ceil((untilTs - fromTs) / 100)) };
  return get(
    `/api/plugins/telemetry/${entityType}/${deviceId}/values/timeseries`,
    {
      keys: keys.join(","),
      startTs: fromTs,
      endTs: untilTs,
      limit: pointsMax,
      orderBy: "ASC",
      useStrictDataTypes: true,
      ...buckets,
    },
    signal,
  );
}
