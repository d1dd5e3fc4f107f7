import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type RecordBatch, TopicStream, type TopicStreamState, topicStreamUrl } from "./topicStream";

/// A socket whose other end is the test.
class TestSocket {
  static readonly OPEN = 1;
  static all: TestSocket[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { reason: string }) => void) | null = null;
  sent: unknown[] = [];
  constructor(readonly url: string) {
    TestSocket.all.push(this);
  }
  opens() {
    this.readyState = TestSocket.OPEN;
    this.onopen?.();
  }
  says(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close(reason = "") {
    this.readyState = 3;
    this.onclose?.({ reason });
  }
}

const newest = () => TestSocket.all.at(-1) as TestSocket;
let states: TopicStreamState[];
let batches: RecordBatch[];
let stream: TopicStream;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", TestSocket);
  TestSocket.all = [];
  states = [];
  batches = [];
  stream = new TopicStream(
    (token) => `ws://host/?token=${token}`,
    async () => "t1",
    { onBatch: (batch) => batches.push(batch), onState: (state) => states.push(state) },
  );
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  stream.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("batches are passed on as they come", () => {
  newest().opens();
  expect(states.at(-1)).toEqual({ phase: "connecting" }); // it does not read from a known place yet
  newest().says({ records: [], received: 5, sampledOut: 1 });
  expect(newest().url).toBe("ws://host/?token=t1");
  expect(batches).toEqual([{ records: [], received: 5, sampledOut: 1 }]);
  expect(states.at(-1)).toEqual({ phase: "open" });
});

test("a lost connection is taken up again and stays paused", async () => {
  newest().opens();
  stream.pause(true);
  newest().close();
  expect(states.at(-1)).toEqual({ phase: "waiting", reason: null });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(TestSocket.all).toHaveLength(2);
  newest().opens();
  expect(newest().sent).toEqual([{ cmd: "pause" }]);
});

test("the server's reason is shown while waiting", () => {
  newest().opens();
  newest().says({ error: "The topic was deleted." });
  newest().close();
  expect(states.at(-1)).toEqual({ phase: "waiting", reason: "The topic was deleted." });
});

test("a closed stream stays closed", async () => {
  newest().opens();
  stream.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(TestSocket.all).toHaveLength(1);
});

test("the address carries the filter", () => {
  const url = new URL(topicStreamUrl({ topic: "a b", from: "earliest", contains: "x&y" }, "t"));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    topic: "a b",
    from: "earliest",
    contains: "x&y",
    token: "t",
  });
});
