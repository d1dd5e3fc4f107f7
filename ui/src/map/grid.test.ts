import { expect, test } from "vitest";
import { gridLines, roundStep } from "./grid";

test.each([
  [0.3, 0.5],
  [1, 1],
  [1.1, 2],
  [7, 10],
  [0.0012, 0.002],
])("at least %d degrees are %d", (least, step) => expect(roundStep(least)).toBeCloseTo(step, 10));

test("up to 24 lines cross the bounds, at round places", () => {
  const { features } = gridLines({ west: 51.03, south: 35.01, east: 51.83, north: 35.41 });
  const first = features[0]?.geometry;
  expect(features).toHaveLength(24);
  expect(first).toMatchObject({ type: "LineString" });
  expect((first as { coordinates: number[][] }).coordinates[0]?.[0]).toBeCloseTo(51.05);
});
