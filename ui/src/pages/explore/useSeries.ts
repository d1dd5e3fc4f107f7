import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get } from "../../api/http";
import { deviceQuery } from "../../api/queries";
import type { TsValue } from "../../api/types";
import {
  type Aggregation,
  type BucketInterval,
  historyParameters,
  type Range,
  type SeriesName,
} from "./question";

export interface LoadedSeries {
  name: SeriesName;
  title: string;
  points: TsValue[];
}

export interface Loaded {
  series: LoadedSeries[];
  isLoading: boolean;
  error: Error | null;
  refetch: () => void;
}

const pixels = 1_200;

/// The points of each series in a range; a series whose device is gone is an error of the whole.
export function useSeries(
  names: SeriesName[],
  range: Range,
  aggregation: Aggregation,
  interval: BucketInterval,
): Loaded {
  const titles = useQueries({
    queries: names.map(({ deviceId }) => deviceQuery(deviceId)),
    combine: (results) => results.map(({ data }) => data?.name),
  });
  const histories = useQueries({
    queries: names.map(({ deviceId, key }) => {
      const parameters = historyParameters(key, range, aggregation, interval, pixels);
      return {
        queryKey: ["explore", deviceId, parameters],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          get<Record<string, TsValue[]>>(
            `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries`,
            parameters,
            signal,
          ),
        placeholderData: keepPreviousData,
      };
    }),
  });
  const version = `${titles.join("\n")} ${histories.map(({ dataUpdatedAt }) => dataUpdatedAt).join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same points must stay the same object
  const series = useMemo(
    () =>
      names.map((name, i) => ({
        name,
        title: `${titles[i] ?? "…"} · ${name.key}`,
        points: histories[i]?.data?.[name.key] ?? [],
      })),
    [names, version],
  );
  return {
    series,
    isLoading: histories.some(({ isPending }) => isPending),
    error: histories.find(({ error }) => error)?.error ?? null,
    refetch: () => {
      for (const each of histories) void each.refetch();
    },
  };
}

/// Keys of a device that have points.
export function useKeys(deviceId: string) {
  return useQuery({
    queryKey: ["device", deviceId, "keys"],
    queryFn: ({ signal }) =>
      get<string[]>(`/api/plugins/telemetry/DEVICE/${deviceId}/keys/timeseries`, {}, signal),
    enabled: deviceId !== "",
  });
}
