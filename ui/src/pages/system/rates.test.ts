import { expect, test } from "vitest";
import { ratesOf } from "./useRates";

test("a rate is told of what grew, not of what stood still or began anew", () => {
  const before = { at: 1_000, counters: { a: 10, b: 5, c: 9 } };
  const now = { at: 3_000, counters: { a: 30, b: 5, c: 1, d: 7 } };
  expect([...ratesOf(before, now)]).toEqual([["a", 10]]);
  expect(ratesOf(undefined, now).size).toBe(0);
});
