import { expect, test } from "vitest";
import type { KafkaRecord } from "../api/kafka";
import { mercator, positionOf, vehicleOf } from "./positions";

test.each([
  [{ longitude: 51, latitude: 35 }, 51, 35],
  [{ lat: "35.5", lng: "51.25" }, 51.25, 35.5],
  [{ id: 1, position: { lat: 1, lon: 2 } }, 2, 1],
])("%j has a position", (value, longitude, latitude) =>
  expect(positionOf(value)).toEqual({ longitude, latitude }),
);

test.each([
  [{ longitude: 181, latitude: 0 }],
  [{ longitude: 1 }],
  [{ lat: "", lon: "" }],
  ["text"],
  [null],
  [[1, 2]],
])("%j has none", (value) => expect(positionOf(value as never)).toBeNull());

test("a record without a key moves its topic's one marker", () => {
  expect(vehicleOf({ key: "bus-7", topic: "t" } as KafkaRecord)).toBe("bus-7");
  expect(vehicleOf({ key: null, topic: "t" } as KafkaRecord)).toBe("t");
});

test("the world is one by one", () => {
  expect(mercator({ longitude: 0, latitude: 0 })).toEqual({ x: 0.5, y: 0.5 });
  const corner = mercator({ longitude: -180, latitude: 90 });
  expect(corner.x).toBe(0);
  expect(corner.y).toBeCloseTo(0, 5);
});
