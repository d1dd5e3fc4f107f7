/// The WebSocket to /api/ws: signs in with its first frame, keeps every watch across reconnects, and
/// always says how it stands. After a reconnect the server sends each watch its complete latest
/// values again, so a watcher never misses the newest state; what happened in between is read by REST.

export type LiveState =
  | { phase: "idle" }
  | { phase: "connecting" }
  | { phase: "open" }
  | { phase: "waiting"; retryAt: number };

/// One reply of the server: per key the points, newest last.
export interface LiveFrame {
  errorCode: number;
  errorMsg: string | null;
  data: Record<string, [number, unknown][]>;
  /// Of NOTIFICATIONS only.
  notifications?: unknown[];
  totalUnreadCount?: number;
}

export type WatchCommand =
  | { type: "TIMESERIES"; entityType: string; entityId: string; scope: string; keys?: string }
  | { type: "ALARM_DATA"; query: unknown }
  | { type: "NOTIFICATIONS"; limit: number };

interface Watch {
  command: WatchCommand;
  onFrame: (frame: LiveFrame) => void;
}

const firstDelayMs = 500;
const longestDelayMs = 15_000;
const lingerMs = 3_000;

export class LiveSocket {
  private socket: WebSocket | null = null;
  private readonly watches = new Map<number, Watch>();
  private readonly listeners = new Set<() => void>();
  private current: LiveState = { phase: "idle" };
  private nextId = 1;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: () => string,
    private readonly token: () => Promise<string>,
  ) {}

  /// Watches until the returned function is called.
  watch(command: WatchCommand, onFrame: (frame: LiveFrame) => void): () => void {
    const id = this.nextId++;
    this.watches.set(id, { command, onFrame });
    if (this.current.phase === "open") this.send({ cmds: [{ ...command, cmdId: id }] });
    else if (this.current.phase === "idle") void this.connect();
    return () => this.unwatch(id);
  }

  state = (): LiveState => this.current;

  onState = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /// Tries at once instead of waiting for the next attempt; the network may have come back.
  retryNow = (): void => {
    if (this.current.phase !== "waiting") return;
    clearTimeout(this.timer);
    void this.connect();
  };

  /// Drops every watch and the connection, as signing out does.
  close(): void {
    this.watches.clear();
    this.disconnect();
  }

  private unwatch(id: number): void {
    const watch = this.watches.get(id);
    if (!watch) return;
    this.watches.delete(id);
    if (this.current.phase === "open")
      this.send({ cmds: [{ ...watch.command, cmdId: id, unsubscribe: true }] });
    // Moving from one page to the next drops the old watches before the new ones come.
    if (this.watches.size === 0) setTimeout(() => this.watches.size === 0 && this.disconnect(), lingerMs);
  }

  private async connect(): Promise<void> {
    this.become({ phase: "connecting" });
    let token: string;
    try {
      token = await this.token();
    } catch {
      this.retryLater();
      return;
    }
    if (this.watches.size === 0) return this.become({ phase: "idle" });
    const socket = new WebSocket(this.url());
    this.socket = socket;
    socket.onopen = () => this.opened(token);
    socket.onmessage = (event) => this.received(String(event.data));
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.retryLater();
    };
  }

  private opened(token: string): void {
    const cmds = [...this.watches].map(([cmdId, { command }]) => ({ ...command, cmdId }));
    this.send({ authCmd: { cmdId: 0, token }, cmds });
    this.become({ phase: "open" });
  }

  private received(text: string): void {
    const message = JSON.parse(text) as LiveFrame & { subscriptionId?: number; cmdId?: number };
    this.failures = 0;
    // ThingsBoard: answers about telemetry name a subscription, those about alarms a command.
    const id = message.subscriptionId ?? message.cmdId ?? 0;
    this.watches.get(id)?.onFrame({ ...message, data: message.data ?? {} });
  }

  private retryLater(): void {
    if (this.watches.size === 0) {
      this.become({ phase: "idle" });
      return;
    }
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures++);
    // Spread, so that a server's restart is not met by every browser at once.
    const wait = delay * (0.75 + Math.random() / 2);
    this.become({ phase: "waiting", retryAt: Date.now() + wait });
    this.timer = setTimeout(() => void this.connect(), wait);
  }

  private disconnect(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    this.failures = 0;
    socket?.close();
    this.become({ phase: "idle" });
  }

  private send(frame: unknown): void {
    this.socket?.send(JSON.stringify(frame));
  }

  private become(state: LiveState): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}
