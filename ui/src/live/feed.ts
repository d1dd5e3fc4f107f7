/// The latest values of one device, shared by every widget that shows it: one watch on the socket however
/// many look. Listeners of points hear each point; listeners of the snapshot hear once per frame drawn.
import type { Json } from "../api/types";
import type { LiveFrame, LiveSocket } from "./socket";

export interface Latest {
  ts: number;
  value: Json;
}

export interface LivePoint extends Latest {
  key: string;
}

export type Snapshot = ReadonlyMap<string, Latest>;

interface PointListener {
  points(points: LivePoint[]): void;
  /// The connection was lost and is back: what came between is to be read from the history.
  resumed(): void;
}

export class DeviceFeed {
  private readonly latest = new Map<string, Latest>();
  private readonly snapshotListeners = new Set<() => void>();
  private readonly pointListeners = new Set<PointListener>();
  private published: Snapshot | null = null;
  private refused: Error | null = null;
  private frameRequest = 0;
  private stop: (() => void) | null = null;

  constructor(
    private readonly socket: LiveSocket,
    private readonly deviceId: string,
    private readonly entityType = "DEVICE",
  ) {}

  /// The values known now, or null before the first answer.
  snapshot = (): Snapshot | null => this.published;

  /// Why the server does not send this device's values, or null.
  refusal = (): Error | null => this.refused;

  onSnapshot = (listener: () => void): (() => void) => this.listen(this.snapshotListeners, listener);

  onPoints = (listener: PointListener): (() => void) => this.listen(this.pointListeners, listener);

  private listen<T>(listeners: Set<T>, listener: T): () => void {
    listeners.add(listener);
    this.start();
    return () => {
      listeners.delete(listener);
      if (this.snapshotListeners.size + this.pointListeners.size === 0) this.rest();
    };
  }

  private start(): void {
    if (this.stop) return;
    let wasAway = false;
    const unwatch = this.socket.watch(
      { type: "TIMESERIES", entityType: this.entityType, entityId: this.deviceId, scope: "LATEST_TELEMETRY" },
      (frame) => {
        this.take(frame);
        if (wasAway) for (const listener of this.pointListeners) listener.resumed();
        wasAway = false;
      },
    );
    const unlisten = this.socket.onState(() => {
      if (this.socket.state().phase === "waiting") wasAway = true;
    });
    this.stop = () => {
      unwatch();
      unlisten();
    };
  }

  private rest(): void {
    this.stop?.();
    this.stop = null;
    this.published = null;
    this.latest.clear();
  }

  private take(frame: LiveFrame): void {
    this.refused = frame.errorCode === 0 ? null : new Error(frame.errorMsg ?? `Error ${frame.errorCode}`);
    const points: LivePoint[] = [];
    for (const [key, rows] of Object.entries(frame.data))
      for (const [ts, raw] of rows) points.push({ key, ts, value: typed(raw) });
    for (const { key, ts, value } of points) {
      const known = this.latest.get(key);
      if (!known || known.ts <= ts) this.latest.set(key, { ts, value });
    }
    for (const listener of this.pointListeners) listener.points(points);
    this.frameRequest ||= requestAnimationFrame(this.publish);
  }

  private readonly publish = (): void => {
    this.frameRequest = 0;
    this.published = new Map(this.latest);
    for (const listener of this.snapshotListeners) listener();
  };
}

/// The socket sends every value as text, as ThingsBoard does; this gives number, boolean and JSON back.
export function typed(raw: unknown): Json {
  if (typeof raw !== "string") return raw as Json;
  if (raw === "true" || raw === "false") return raw === "true";
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(raw)) return Number(raw);
  if (/^\s*[{[]/.test(raw)) {
    try {
      return JSON.parse(raw);
    } catch {
      return raw;
    }
  }
  return raw;
}
