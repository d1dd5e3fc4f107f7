import { expect, test } from "vitest";
import { turnOf } from "./turn";

test("up is the middle, left below the beginning, right below the end", () => {
  expect(turnOf(0, -1)).toBeCloseTo(0.5);
  expect(turnOf(-1, 1)).toBeCloseTo(0);
  expect(turnOf(1, 1)).toBeCloseTo(1);
  expect(turnOf(1, 0)).toBeCloseTo(225 / 270);
});
