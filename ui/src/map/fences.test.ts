import type { Polygon } from "geojson";
import { expect, test } from "vitest";
import type { Json, RuleNode } from "../api/types";
import { fenceOfJson, fenceOfNode } from "./fences";

const node = (configuration: Record<string, Json>) =>
  ({
    type: "org.thingsboard.rule.engine.geo.TbGpsGeofencingFilterNode",
    name: "Depot",
    configuration,
  }) as RuleNode;
const ringOf = (value: Json) => (fenceOfJson("f", value)[0]?.geometry as Polygon | undefined)?.coordinates[0];

test("corners are latitude before longitude, and the ring is closed", () => {
  expect(ringOf("[[35,51],[35,52],[36,52]]")).toEqual([
    [51, 35],
    [52, 35],
    [52, 36],
    [51, 35],
  ]);
});

test("two corners stand for a rectangle, and a list may hold more fences", () => {
  expect(
    ringOf([
      [35, 51],
      [36, 52],
    ]),
  ).toHaveLength(5);
  expect(
    fenceOfJson("f", [
      [
        [0, 0],
        [0, 1],
        [1, 1],
      ],
      [
        [5, 5],
        [5, 6],
        [6, 6],
      ],
    ]),
  ).toHaveLength(2);
});

test("a circle becomes a ring at its radius", () => {
  const ring = ringOf({ latitude: 0, longitude: 10, radius: 111.195, radiusUnit: "KILOMETER" });
  expect(ring).toHaveLength(65);
  expect(ring?.[0]?.[1]).toBeCloseTo(1, 3);
});

test("GeoJSON is taken as it is", () => {
  const coordinates = [
    [
      [1, 2],
      [3, 4],
      [5, 6],
      [1, 2],
    ],
  ];
  expect(ringOf({ type: "Feature", geometry: { type: "Polygon", coordinates } })).toEqual(coordinates[0]);
});

test("a node's own fence is drawn under its name; one from the message is not known here", () => {
  const settings = { perimeterType: "POLYGON", polygonsDefinition: "[[0,0],[0,1],[1,1]]" };
  expect(fenceOfNode(node(settings))[0]?.properties?.name).toBe("Depot");
  expect(fenceOfNode(node({ ...settings, fetchPerimeterInfoFromMessageMetadata: true }))).toEqual([]);
  expect(
    fenceOfNode(node({ perimeterType: "CIRCLE", centerLatitude: 1, centerLongitude: 1, range: 5 })),
  ).toHaveLength(1);
});

test.each(["not json", null, 5, {}])("%j is no fence", (value) =>
  expect(fenceOfJson("f", value)).toEqual([]),
);
