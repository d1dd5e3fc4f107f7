import { expect, test } from "vitest";
import { noise, past, scenarios, sunlight } from "./scenarios";

const noon = new Date(2026, 5, 15, 12).getTime();
const minuteMs = 60_000;

test("the same moment always says the same", () => {
  for (const { devices } of scenarios)
    for (const device of devices) expect(device.at(noon)).toEqual(device.at(noon));
  expect(noise(noon, 1_000, 1)).not.toBe(noise(noon, 1_000, 2));
});

test("meters never run backwards, across midnight and whatever is asked first", () => {
  const home = scenarios.find(({ id }) => id === "home");
  const evening = new Date(2026, 5, 15, 22).getTime();
  for (const [name, key] of [
    ["House meter", "consumption"],
    ["Solar inverter", "production"],
  ] as const) {
    const device = home?.devices.find((each) => each.name === name);
    device?.at(evening + 86_400_000);
    let before = Number.NEGATIVE_INFINITY;
    for (let ts = evening; ts < evening + 6 * 3_600_000; ts += 7 * minuteMs) {
      const now = device?.at(ts)[key] as number;
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
  }
});

test("the sun shines by day only", () => {
  expect(sunlight(noon)).toBeGreaterThan(0.3);
  expect(sunlight(noon + 12 * 3_600_000)).toBe(0);
});

test("a past is evenly spaced, ends before now, and is within bounds", () => {
  for (const scenario of scenarios)
    for (const device of scenario.devices) {
      const readings = past(device, scenario, noon);
      expect(readings.length).toBeGreaterThan(100);
      expect(readings.length).toBeLessThan(5_000);
      expect(readings.at(-1)?.ts).toBeLessThan(noon);
    }
});
