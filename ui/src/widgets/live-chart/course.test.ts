import { expect, test, vi } from "vitest";
import type { TsValue } from "../../api/types";
import type { LivePoint } from "../../live";
import { Course } from "./course";

/// A device whose history and live points the test decides.
class TestDevice {
  stored: Record<string, TsValue[]> = {};
  reads = 0;
  listener: { points(points: LivePoint[]): void; resumed(): void } | null = null;
  read = async () => {
    this.reads++;
    return this.stored;
  };
  onPoints = (listener: { points(points: LivePoint[]): void; resumed(): void }) => {
    this.listener = listener;
    return () => {
      this.listener = null;
    };
  };
}

const base = Date.now();

function drawn(course: Course): number[][] {
  const [times, ...values] = course.columns.view();
  return [[...times].map((ts) => ts - base), ...values.map((column) => [...column] as number[])];
}

test("live points follow the stored ones, and a point in both is drawn once", async () => {
  const device = new TestDevice();
  device.stored = {
    t: [
      { ts: base + 1, value: 20 },
      { ts: base + 2, value: 21 },
    ],
  };
  const course = new Course(["t"], 60_000, device.read, () => {});
  course.start(device);
  device.listener?.points([{ key: "t", ts: base + 2, value: 21 }]);
  await vi.waitFor(() => expect(course.isLoading).toBe(false));
  device.listener?.points([{ key: "t", ts: base + 3, value: 22 }]);
  expect(drawn(course)).toEqual([
    [1, 2, 3],
    [20, 21, 22],
  ]);
});

test("after a lost connection the gap is read from the history", async () => {
  const device = new TestDevice();
  const course = new Course(["t"], 60_000, device.read, () => {});
  course.start(device);
  await vi.waitFor(() => expect(course.isLoading).toBe(false));
  device.stored = {
    t: [
      { ts: base + 5, value: 1 },
      { ts: base + 6, value: 2 },
    ],
  };
  device.listener?.resumed();
  await vi.waitFor(() => expect(course.isLoading).toBe(false));
  expect(drawn(course)[0]).toEqual([5, 6]);
  expect(device.reads).toBe(2);
});

test("numbers kept as text are numbers, and words are not drawn", async () => {
  const device = new TestDevice();
  device.stored = {
    t: [
      { ts: base + 1, value: "20.5" },
      { ts: base + 2, value: "off" },
    ],
    h: [{ ts: base + 2, value: 60 }],
  };
  const course = new Course(["t", "h"], 60_000, device.read, () => {});
  course.start(device);
  await vi.waitFor(() => expect(course.isLoading).toBe(false));
  expect(drawn(course)).toEqual([
    [1, 2],
    [20.5, null],
    [null, 60],
  ]);
});

test("a history that cannot be read is said, and live points still come", async () => {
  const device = new TestDevice();
  device.read = async () => {
    throw new Error("no answer");
  };
  const course = new Course(["t"], 60_000, device.read, () => {});
  course.start(device);
  await vi.waitFor(() => expect(course.failure?.message).toBe("no answer"));
  device.listener?.points([{ key: "t", ts: base + 3, value: 22 }]);
  expect(drawn(course)[1]).toEqual([22]);
});
