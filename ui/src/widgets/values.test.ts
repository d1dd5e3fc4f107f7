import { expect, test } from "vitest";
import { isOn, numberOf, part, shownKeys, written } from "./values";

test("a value is written with its unit and decimals", () => {
  const look = { label: "", unit: "°C", decimals: 1, color: null };
  expect(written(21.456, look, "en")).toBe("21.5 °C");
  expect(written("on", undefined, "en")).toBe("on");
});

test("with several sources a key's label says whose it is", () => {
  const one = { deviceId: "a", keys: ["t"], name: "A" };
  expect(shownKeys([one]).map(({ label }) => label)).toEqual(["t"]);
  expect(shownKeys([one, { ...one, deviceId: "b", name: "B" }]).map(({ label }) => label)).toEqual([
    "A · t",
    "B · t",
  ]);
});

test("what reads as a number is one, and what means on is on", () => {
  expect([numberOf("21.5"), numberOf(""), numberOf("x"), numberOf(3)]).toEqual([21.5, null, null, 3]);
  expect([isOn("ON"), isOn(1), isOn("false"), isOn(undefined)]).toEqual([true, true, false, false]);
  expect([part(5, 0, 10), part(-1, 0, 10), part(11, 0, 10), part(1, 1, 1)]).toEqual([0.5, 0, 1, 0]);
});
