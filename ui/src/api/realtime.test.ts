import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { filterOf, follow, type RealtimeEvent, type StreamState, windowOf, writeValue } from "./realtime";
import { session } from "./session";

/// An event stream whose other end is the test.
class TestStream extends EventTarget {
  static all: TestStream[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  isClosed = false;
  constructor(readonly url: string) {
    super();
    TestStream.all.push(this);
  }
  close() {
    this.isClosed = true;
  }
  says(kind: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));
  }
}

const url = "http://host:9000/a.json?ns=db";
let events: RealtimeEvent[];
let states: StreamState[];
let answer: Response;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", TestStream);
  vi.stubGlobal("fetch", async () => answer.clone());
  session.start({ token: "t.e30.s", refreshToken: "r" });
  TestStream.all = [];
  events = [];
  states = [];
  answer = Response.json({});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start(): () => void {
  return follow(
    url,
    (event) => events.push(event),
    (state) => states.push(state),
  );
}

async function stream(): Promise<TestStream> {
  await vi.advanceTimersByTimeAsync(2_100);
  return TestStream.all.at(-1) as TestStream;
}

test("events come with their kind, and the token goes as Firebase has it", async () => {
  start();
  const peer = await stream();
  peer.onopen?.();
  peer.says("put", { path: "/", data: { x: 1 } });
  peer.says("patch", { path: "/x", data: { y: 2 } });
  expect(peer.url).toBe(`${url}&auth=t.e30.s`);
  expect(events).toEqual([
    { kind: "put", path: "/", data: { x: 1 } },
    { kind: "patch", path: "/x", data: { y: 2 } },
  ]);
  expect(states.map((state) => state.phase)).toEqual(["connecting", "open"]);
});

test("a stream that breaks is said to be lost and is opened again", async () => {
  start();
  (await stream()).onerror?.();
  const next = await stream();
  expect(TestStream.all).toHaveLength(2);
  expect(TestStream.all[0]?.isClosed).toBe(true);
  expect(states.at(-1)).toEqual({ phase: "lost" });
  next.onopen?.();
  expect(states.at(-1)).toEqual({ phase: "open" });
});

test("a database that does not exist is named in the server's words", async () => {
  answer = Response.json(
    { error: "Please ensure that you spelled the name correctly (db)" },
    { status: 404 },
  );
  start();
  (await stream()).onerror?.();
  await stream();
  expect(states.at(-1)).toEqual({
    phase: "refused",
    reason: "Please ensure that you spelled the name correctly (db)",
  });
});

test("after the end nothing is opened and nothing is said", async () => {
  const stop = start();
  const peer = await stream();
  stop();
  const said = states.length;
  await stream();
  expect(peer.isClosed).toBe(true);
  expect(TestStream.all).toHaveLength(1);
  expect(states).toHaveLength(said);
});

test("a write that is refused says why", async () => {
  answer = Response.json({ error: "Permission denied" }, { status: 401 });
  await expect(writeValue(url, 1)).rejects.toThrow("Permission denied");
});

test("a page of children begins after the last key of the page before, within the keys looked for", () => {
  expect(decodeURIComponent(windowOf(null, "", 50))).toBe('&orderBy="$key"&limitToFirst=50');
  expect(decodeURIComponent(windowOf("k9", "", 50))).toBe('&orderBy="$key"&limitToFirst=50&startAfter="k9"');
  expect(decodeURIComponent(windowOf("ab", "a", 5))).toBe(
    '&orderBy="$key"&limitToFirst=5&startAfter="ab"&endAt="a\uf8ff"',
  );
  expect(decodeURIComponent(windowOf(null, "a", 5))).toContain('&startAt="a"&endAt="a');
});

test.each([
  [
    { orderBy: "v", operator: "startAt" as const, value: 20, limit: 50, isLast: true },
    '&orderBy="v"&startAt=20&limitToLast=50',
  ],
  [
    { orderBy: "$key", operator: "equalTo" as const, value: 7, limit: 50, isLast: false },
    '&orderBy="$key"&equalTo="7"&limitToFirst=50',
  ],
  [
    { orderBy: "$value", operator: "any" as const, value: null, limit: 5, isLast: false },
    '&orderBy="$value"&limitToFirst=5',
  ],
])("a filter %j becomes the parameters of a query", (filter, expected) => {
  expect(decodeURIComponent(filterOf(filter))).toBe(expected);
});
