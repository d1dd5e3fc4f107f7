/// What a live chart draws: the history of a device's keys, then every point as it arrives. After a lost
/// connection the history is read again, so nothing is missing.
import type { TsValue } from "../../api/types";
import type { DeviceFeed, LivePoint } from "../../live";
import { LiveColumns } from "../../live/columns";

const capacity = 20_000;
const historyLimit = 10_000;

export type ReadHistory = (range: {
  fromTs: number;
  untilTs: number;
  limit: number;
}) => Promise<Record<string, TsValue[]>>;

export class Course {
  readonly columns: LiveColumns;
  /// Why the history could not be read, or null.
  failure: Error | null = null;
  isLoading = true;
  private pending: LivePoint[] = [];
  private isStopped = false;

  constructor(
    private readonly keys: string[],
    private readonly windowMs: number,
    private readonly read: ReadHistory,
    private readonly onChange: () => void,
  ) {
    this.columns = new LiveColumns(keys.length, capacity);
  }

  /// Starts to follow the feed; the returned function ends it.
  start(feed: Pick<DeviceFeed, "onPoints">): () => void {
    const unlisten = feed.onPoints({
      points: (points) => this.take(points),
      resumed: () => void this.load(),
    });
    void this.load();
    return () => {
      this.isStopped = true;
      unlisten();
    };
  }

  load = async (): Promise<void> => {
    this.isLoading = true;
    this.pending = [];
    const now = Date.now();
    try {
      const range = { fromTs: now - this.windowMs, untilTs: now + 60_000, limit: historyLimit };
      const stored = await this.read(range);
      if (this.isStopped) return;
      this.columns.load(rowsOf(this.keys, stored));
      this.failure = null;
    } catch (failure) {
      this.failure = failure as Error;
    }
    this.isLoading = false;
    const pending = this.pending;
    this.pending = [];
    this.append(pending);
    this.onChange();
  };

  private take(points: LivePoint[]): void {
    if (this.isLoading) this.pending.push(...points);
    else this.append(points);
    this.onChange();
  }

  private append(points: LivePoint[]): void {
    const oldest = Date.now() - this.windowMs;
    for (const { key, ts, value } of points) {
      const series = this.keys.indexOf(key);
      if (series >= 0 && typeof value === "number" && ts >= oldest) this.columns.add(series, ts, value);
    }
  }
}

/// All numbers of all keys, by time.
export function rowsOf(
  keys: string[],
  stored: Record<string, TsValue[]>,
): [time: number, series: number, value: number][] {
  const rows = keys.flatMap((key, series) =>
    (stored[key] ?? []).flatMap(({ ts, value }): [number, number, number][] => {
      const number = typeof value === "string" && value !== "" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? [[ts, series, number]] : [];
    }),
  );
  return rows.sort(([a], [b]) => a - b);
}
