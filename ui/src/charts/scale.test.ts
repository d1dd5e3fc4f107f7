import { expect, test } from "vitest";
import { roundTop, shownLabels, ticksOf } from "./scale";

test.each([
  [0, 10, [0, 2.5, 5, 7.5, 10]],
  [0, 0.83, [0, 0.25, 0.5, 0.75, 1]],
  [-3, 9, [-5, 0, 5, 10]],
  [0, 0, [0, 1]],
  [0, 1234, [0, 500, 1000, 1500]],
])("the ticks of %d to %d are round and hold both", (low, high, ticks) => {
  expect(ticksOf(low, high)).toEqual(ticks);
});

test("labels are left out rather than run into each other", () => {
  expect(shownLabels(["00", "01", "02", "03"], 100)).toEqual([true, true, true, true]);
  expect(shownLabels(["00", "01", "02", "03"], 13)).toEqual([true, false, true, false]);
});

test("a bar of nothing is flat, one below zero is round at its lower end", () => {
  expect(roundTop(0, 50, 50, 10)).toContain("V50");
  expect(roundTop(0, 60, 50, 10)).toContain("Q0,60");
});
