import { expect, test, vi } from "vitest";

vi.mock("uplot", () => ({ default: { paths: {} } }));
const { placeOf } = await import("./bars");

test("bars of one time lie beside each other around it", () => {
  expect(placeOf(0, 1)).toEqual([-0.4, 0.8]);
  const [first, width] = placeOf(0, 2);
  expect(placeOf(1, 2)[0]).toBeCloseTo(first + width);
});
