import { expect, test } from "vitest";
import { doubtfulHours } from "./fault";
import { proposed } from "./meters";
import { dayText, moved, parseDay, partsOf, spanOf } from "./period";
import { added, upTo } from "./useEnergy";

const hourMs = 3_600_000;

test("a week begins on Monday and a month has all its days", () => {
  const sunday = new Date(2026, 10, 22);
  const week = spanOf("week", sunday);
  expect(dayText(new Date(week.fromTs))).toBe("2026-11-16");
  expect(partsOf(week)).toHaveLength(7);
  expect(partsOf(spanOf("month", sunday))).toHaveLength(30);
  expect(partsOf(spanOf("year", sunday))).toHaveLength(12);
});

test("going back a month from the 31st stays in the month before", () => {
  expect(dayText(moved("month", new Date(2026, 2, 31), -1))).toBe("2026-02-28");
  expect(dayText(moved("year", new Date(2028, 1, 29), -1))).toBe("2027-02-28");
  expect(dayText(moved("day", new Date(2026, 0, 1), -1))).toBe("2025-12-31");
});

test("an address that names no day means today", () => {
  const now = new Date(2026, 10, 22);
  expect(parseDay("yesterday", now)).toBe(now);
  expect(dayText(parseDay("2026-02-03", now))).toBe("2026-02-03");
});

test("an hour in full light that brings a fraction of what light brought before is doubtful", () => {
  const light = [10, 800, 900, 850, 900, 880, 0].map((value, i) => ({ ts: i * hourMs, value }));
  const production = [0, 0.8, 0.9, 0.85, 0.1, 0.87, 0].map((value, i) => ({ ts: i * hourMs, value }));
  expect(doubtfulHours(production, light).map(({ ts }) => ts / hourMs)).toEqual([4]);
  expect(doubtfulHours(production.slice(0, 2), light)).toEqual([]);
});

test("meters are proposed by what they are called", () => {
  const counters = [
    { deviceId: "a", key: "consumption" },
    { deviceId: "b", key: "solarProduction" },
    { deviceId: "c", key: "energy" },
  ];
  const gauges = [
    { deviceId: "b", key: "light" },
    { deviceId: "d", key: "batteryLevel" },
  ];
  expect(proposed(counters, gauges)).toEqual({
    consumption: [counters[0], counters[2]],
    production: [counters[1]],
    battery: [gauges[1]],
    light: [gauges[0]],
  });
});

test("buckets of several meters add up by part, and a period is compared as far as it has gone", () => {
  const span = spanOf("day", new Date(2026, 10, 22));
  const at = (hour: number) => span.fromTs + hour * hourMs;
  const counted = added(
    [
      { ts: at(0), value: 1, cost: 0.3, currency: "EUR", byRate: { night: 1 } },
      { ts: at(0), value: 2, cost: 0.6, currency: "EUR", byRate: { night: 2 } },
      { ts: at(12), value: 4, cost: 1, currency: "EUR", byRate: { base: 4 } },
    ],
    span,
  );
  expect(counted).toMatchObject({ total: 7, currency: "EUR", byRate: { night: 3, base: 4 }, hasAny: true });
  expect(counted.cost).toBeCloseTo(1.9);
  expect(counted.parts[1]).toBeNull();
  expect(upTo(counted, 0.5)).toBe(3);
  expect(upTo(counted, 12.5 / 24)).toBeCloseTo(5);
  expect(upTo(counted, 1)).toBe(7);
});
