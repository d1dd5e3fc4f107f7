import { expect, test } from "vitest";
import { petalsOf } from "./petals";

test("directions around north count together, and all parts are one", () => {
  const petals = petalsOf(
    [350, 5, 90, -90, 361].map((value, ts) => ({ ts, value })),
    8,
  );
  expect(petals[0]).toBeCloseTo(0.6);
  expect(petals[2]).toBeCloseTo(0.2);
  expect(petals[6]).toBeCloseTo(0.2);
  expect(petals.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1);
});
