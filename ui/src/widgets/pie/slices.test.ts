import { expect, test } from "vitest";
import { slicesOf } from "./slices";

test("a quarter is a quarter, nothing is nothing, and one alone is the whole circle", () => {
  expect(slicesOf([1, 3])[0]).toBe("M0 0L0.00 -50.00A50 50 0 0 1 50.00 -0.00Z");
  expect(slicesOf([1, 0])[1]).toBe("");
  expect(slicesOf([5, 0])[0]).toContain("A50 50 0 1 1");
  expect(slicesOf([0, 0])).toEqual(["", ""]);
});
