import { expect, test } from "vitest";
import { Fleet, placeAt, type Vehicle } from "./fleet";
import { mercator } from "./positions";

const at = (longitude: number, latitude = 0) => ({ longitude, latitude });

test("a vehicle glides from fix to fix in the time between the last two", () => {
  const fleet = new Fleet();
  fleet.fix("a", at(0), 0);
  fleet.fix("a", at(36), 2_000);
  const vehicle = fleet.find("a") as Vehicle;
  expect(placeAt(vehicle, 2_000).x).toBeCloseTo(0.5);
  expect(placeAt(vehicle, 3_000).x).toBeCloseTo(0.55);
  expect(placeAt(vehicle, 9_000).x).toBeCloseTo(0.6);
  expect(fleet.movingUntilMs).toBe(4_000);
});

test("a fix that comes early takes the vehicle from where it is, without a jump", () => {
  const fleet = new Fleet();
  fleet.fix("a", at(0), 0);
  fleet.fix("a", at(36), 1_000);
  const before = placeAt(fleet.find("a") as Vehicle, 1_500);
  fleet.fix("a", at(72), 1_500);
  expect(placeAt(fleet.find("a") as Vehicle, 1_500)).toEqual(before);
});

test("trails are bounded and end at the last fix", () => {
  const fleet = new Fleet();
  for (let i = 0; i < 500; i++) fleet.fix("a", at(i / 10), i);
  const { trail } = fleet.find("a") as Vehicle;
  expect(trail).toHaveLength(120);
  expect(trail.at(-1)).toEqual(mercator(at(49.9)));
});

test("vehicles beyond the limit are counted, not kept", () => {
  const fleet = new Fleet(2);
  for (const key of ["a", "b", "c"]) fleet.fix(key, at(1), 0);
  expect(fleet.vehicles).toHaveLength(2);
  expect(fleet.refused).toBe(1);
});

test("the bounds hold everything that was seen", () => {
  const fleet = new Fleet();
  fleet.fix("a", at(10, 5), 0);
  fleet.fix("b", at(-3, 7), 0);
  expect(fleet.bounds).toEqual({ west: -3, south: 5, east: 10, north: 7 });
});
