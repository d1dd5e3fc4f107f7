import { expect, test } from "vitest";
import { gridOf } from "./grid";

test("values lie in their day and hour, and days without any are left out", () => {
  const at = (day: number, hour: number) => new Date(2026, 5, day, hour, 20).getTime();
  const days = gridOf([
    { ts: at(3, 7), value: 1 },
    { ts: at(1, 23), value: 2 },
    { ts: at(1, 0), value: "word" },
  ]);
  expect(days.map(({ day }) => new Date(day).getDate())).toEqual([1, 3]);
  expect(days[0]?.hours[23]).toBe(2);
  expect(days[0]?.hours[0]).toBeNull();
});
