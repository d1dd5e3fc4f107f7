import { expect, test } from "vitest";
import { sparkPath } from "./Sparkline";
import { merge, trendOf } from "./useRecent";

test("a sparkline spans its whole width and stays inside its height", () => {
  expect(sparkPath([1, 3, 2])).toBe("M0.0 28.0L50.0 2.0L100.0 15.0");
});

test("a flat course lies in the middle", () => {
  expect(sparkPath([7, 7])).toBe("M0.0 15.0L100.0 15.0");
});

test("a point that is stored and live counts once", () => {
  const stored = [
    { ts: 1, value: 10 },
    { ts: 2, value: 11 },
  ];
  const live = [
    { ts: 2, value: 11 },
    { ts: 3, value: 12 },
  ];
  expect(merge(stored, live)).toEqual([10, 11, 12]);
});

test("text among the values is left out, and only the last sixty stay", () => {
  const stored = Array.from({ length: 100 }, (_, ts) => ({ ts, value: ts === 99 ? "n/a" : ts }));
  const merged = merge(stored, []);
  expect(merged).toHaveLength(59);
  expect(merged[0]).toBe(40);
});

test("a trend is told where there is one", () => {
  expect(trendOf([1, 1, 2, 3])).toBe(1);
  expect(trendOf([3, 2, 1, 1])).toBe(-1);
  expect(trendOf([1, 2, 2, 1])).toBe(0);
  expect(trendOf([5, 5])).toBe(0);
});
