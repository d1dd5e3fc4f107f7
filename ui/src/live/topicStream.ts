/// Records of a Kafka topic as they are appended, over the WebSocket /api/kafka/ws. A lost connection is taken
/// up again; what was appended in between can be read in the topic's records.
import type { KafkaRecord } from "../api/kafka";

export interface RecordBatch {
  records: KafkaRecord[];
  /// How many records the server has read for this stream so far.
  received: number;
  /// How many of those it left out because this page could not take them.
  sampledOut: number;
}

export type TopicStreamState =
  | { phase: "connecting" }
  | { phase: "open" }
  | { phase: "waiting"; reason: string | null };

export interface TopicStreamQuery {
  topic: string;
  from: "latest" | "earliest";
  key?: string;
  contains?: string;
}

interface Listeners {
  onBatch: (batch: RecordBatch) => void;
  onState: (state: TopicStreamState) => void;
}

const firstDelayMs = 500;
const longestDelayMs = 10_000;

export class TopicStream {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private isClosed = false;
  private isPaused = false;
  private reason: string | null = null;

  constructor(
    private readonly url: (token: string) => string,
    private readonly token: () => Promise<string>,
    private readonly listeners: Listeners,
  ) {
    void this.connect();
  }

  /// While paused the server goes on counting but sends nothing.
  pause(isPaused: boolean): void {
    this.isPaused = isPaused;
    this.send({ cmd: isPaused ? "pause" : "resume" });
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private async connect(): Promise<void> {
    this.listeners.onState({ phase: "connecting" });
    let token: string;
    try {
      token = await this.token();
    } catch (failure) {
      this.reason = failure instanceof Error ? failure.message : null;
      this.retryLater();
      return;
    }
    if (this.isClosed) return;
    const socket = new WebSocket(this.url(token));
    this.socket = socket;
    let isReading = false;
    socket.onopen = () => {
      if (this.isPaused) this.send({ cmd: "pause" });
    };
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      // the first batch is empty and says that the server has found its place: from now on nothing is missed
      if (!isReading && "records" in message) {
        isReading = true;
        this.listeners.onState({ phase: "open" });
      }
      this.received(message);
    };
    socket.onclose = (event) => {
      this.socket = null;
      if (event?.reason) this.reason = event.reason;
      this.retryLater();
    };
  }

  private received(message: RecordBatch | { error: string } | { message: string }): void {
    if ("records" in message) {
      this.failures = 0;
      this.reason = null;
      this.listeners.onBatch(message);
    } else if ("error" in message) this.reason = message.error;
    else if ("message" in message) this.reason = message.message;
  }

  private retryLater(): void {
    if (this.isClosed) return;
    this.listeners.onState({ phase: "waiting", reason: this.reason });
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures++);
    this.timer = setTimeout(() => void this.connect(), delay * (0.75 + Math.random() / 2));
  }

  private send(command: unknown): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(command));
  }
}

export function topicStreamUrl(query: TopicStreamQuery, token: string): string {
  const parameters = new URLSearchParams({ topic: query.topic, from: query.from });
  if (query.key) parameters.set("key", query.key);
  if (query.contains) parameters.set("contains", query.contains);
  parameters.set("token", token);
  return `${location.origin.replace(/^http/, "ws")}/api/kafka/ws?${parameters}`;
}
