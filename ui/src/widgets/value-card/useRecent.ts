import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { history } from "../../api/queries";
import type { TsValue } from "../../api/types";
import { feed } from "../../live";

const kept = 60;
const spanMs = 15 * 60_000;

/// The last sixty numbers of one key: read once, then kept up by the live feed.
export function useRecent(deviceId: string, key: string): number[] {
  const [live, setLive] = useState<TsValue[]>([]);
  const { data } = useQuery({
    queryKey: ["device", deviceId, "recent", key],
    queryFn: ({ signal }) => {
      const now = Date.now();
      return history(deviceId, [key], { fromTs: now - spanMs, untilTs: now, limit: 1_000 }, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  useEffect(() => {
    setLive([]);
    return feed(deviceId).onPoints({
      points: (points) => {
        const mine = points.filter((point) => point.key === key);
        if (mine.length > 0) setLive((before) => [...before, ...mine].slice(-kept));
      },
      resumed: () => {},
    });
  }, [deviceId, key]);
  return merge(data?.[key] ?? [], live);
}

/// Stored and live points without those that both have, numbers only, oldest first.
export function merge(stored: TsValue[], live: TsValue[]): number[] {
  const last = stored.at(-1)?.ts ?? Number.NEGATIVE_INFINITY;
  return [...stored, ...live.filter((point) => point.ts > last)]
    .slice(-kept)
    .map((point) => point.value)
    .filter((value) => typeof value === "number");
}

/// 1 when the later half lies above the earlier one, -1 when below, 0 when there is little between them.
export function trendOf(values: number[]): -1 | 0 | 1 {
  if (values.length < 4) return 0;
  const half = Math.floor(values.length / 2);
  const difference = mean(values.slice(half)) - mean(values.slice(0, half));
  const span = Math.max(...values) - Math.min(...values);
  if (Math.abs(difference) <= 0.1 * span) return 0;
  return difference > 0 ? 1 : -1;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
