import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DeviceFeed, typed } from "./feed";
import { LiveSocket } from "./socket";

/// A socket whose other end is the test.
class TestSocket {
  static all: TestSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: { authCmd?: unknown; cmds: Record<string, unknown>[] }[] = [];
  constructor(readonly url: string) {
    TestSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.onclose?.();
  }
  says(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const newest = () => TestSocket.all.at(-1) as TestSocket;
const command = {
  type: "TIMESERIES",
  entityType: "DEVICE",
  entityId: "d1",
  scope: "LATEST_TELEMETRY",
} as const;
let socket: LiveSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", TestSocket);
  TestSocket.all = [];
  socket = new LiveSocket(
    () => "ws://host/api/ws",
    async () => "token-1",
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connected(): Promise<TestSocket> {
  await vi.advanceTimersByTimeAsync(0);
  newest().onopen?.();
  return newest();
}

test("the first frame signs in and carries every watch", async () => {
  socket.watch(command, () => {});
  const peer = await connected();
  expect(peer.sent).toEqual([{ authCmd: { cmdId: 0, token: "token-1" }, cmds: [{ ...command, cmdId: 1 }] }]);
  expect(socket.state().phase).toBe("open");
});

test("a reply reaches the watch that it names and no other", async () => {
  const first: unknown[] = [];
  const second: unknown[] = [];
  socket.watch(command, (frame) => first.push(frame.data));
  socket.watch({ ...command, entityId: "d2" }, (frame) => second.push(frame.data));
  const peer = await connected();
  peer.says({ subscriptionId: 2, errorCode: 0, errorMsg: null, data: { t: [[5, "1"]] } });
  expect(first).toEqual([]);
  expect(second).toEqual([{ t: [[5, "1"]] }]);
});

test("a lost connection is shown, retried, and its watches are sent again", async () => {
  socket.watch(command, () => {});
  const lost = await connected();
  lost.close();
  expect(socket.state().phase).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1000);
  expect(TestSocket.all).toHaveLength(2);
  const peer = await connected();
  expect(peer.sent[0]?.cmds).toEqual([{ ...command, cmdId: 1 }]);
});

test("waits grow from half a second to fifteen seconds", async () => {
  socket.watch(command, () => {});
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    await vi.advanceTimersByTimeAsync(0);
    newest().close();
    const state = socket.state();
    if (state.phase === "waiting") waits.push(state.retryAt - Date.now());
    await vi.advanceTimersByTimeAsync(30_000);
  }
  expect(waits).toHaveLength(8);
  expect(waits[0]).toBeLessThan(700);
  expect(waits[7]).toBeGreaterThan(11_000);
  expect(waits[7]).toBeLessThan(19_000);
});

test("the last watch to go closes the connection after a moment", async () => {
  const stop = socket.watch(command, () => {});
  const peer = await connected();
  stop();
  expect(peer.sent[1]?.cmds).toEqual([{ ...command, cmdId: 1, unsubscribe: true }]);
  expect(socket.state().phase).toBe("open");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(socket.state().phase).toBe("idle");
});

test("a feed keeps the newest value per key and says when it was away", async () => {
  const deviceFeed = new DeviceFeed(socket, "d1");
  const heard: string[] = [];
  deviceFeed.onPoints({
    points: (points) => heard.push(...points.map((p) => `${p.key}=${p.value}`)),
    resumed: () => heard.push("resumed"),
  });
  const peer = await connected();
  peer.says({ subscriptionId: 1, errorCode: 0, data: { t: [[10, "21.5"]] } });
  peer.says({ subscriptionId: 1, errorCode: 0, data: { t: [[9, "3"]] } });
  await vi.advanceTimersByTimeAsync(50);
  expect(deviceFeed.snapshot()?.get("t")).toEqual({ ts: 10, value: 21.5 });
  peer.close();
  await vi.advanceTimersByTimeAsync(1000);
  (await connected()).says({ subscriptionId: 1, errorCode: 0, data: { t: [[20, "22"]] } });
  expect(heard).toEqual(["t=21.5", "t=3", "t=22", "resumed"]);
});

test.each([
  ["23.5", 23.5],
  ["", ""],
  ["true", true],
  ["[1,2]", [1, 2]],
  ["{oops", "{oops"],
  [" ", " "],
  [7, 7],
])("the text %j of the socket is the value %j", (raw, value) => {
  expect(typed(raw)).toEqual(value);
});
