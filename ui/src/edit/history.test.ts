import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { begun, done, isChanged, redone, saved, undone } from "./history";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what was done is undone and done again, step by step", () => {
  const history = done(done(begun("a"), "b"), "c");
  expect(undone(history).present).toBe("b");
  expect(undone(undone(undone(history))).present).toBe("a");
  expect(redone(undone(history)).present).toBe("c");
  expect(redone(done(undone(history), "d")).present).toBe("d");
});

test("typing into one field is one step, a pause begins another", () => {
  const typed = done(done(begun(""), "h", "name"), "hi", "name");
  expect(undone(typed).present).toBe("");
  vi.advanceTimersByTime(2_000);
  expect(undone(done(typed, "hi!", "name")).present).toBe("hi");
});

test("what is saved is not a change, and undoing after it is one again", () => {
  const history = done(begun("a"), "b");
  expect(isChanged(history)).toBe(true);
  const kept = saved(history, (state) => state.toUpperCase());
  expect(isChanged(kept)).toBe(false);
  expect(kept.present).toBe("B");
  expect(undone(kept).present).toBe("A");
  expect(isChanged(undone(kept))).toBe(true);
});
