import { expect, test } from "vitest";
import { groupsOf, movedOnto } from "./groups";

const at = (day: number) => new Date(2026, 10, day, 12).getTime();

test("each time that any series has is a group, and a gap is no bar", () => {
  const groups = groupsOf(
    [
      [
        { ts: at(2), value: 5 },
        { ts: at(1), value: 4 },
      ],
      [{ ts: at(2), value: 7 }],
    ],
    "DAY",
    "en",
  );
  expect(groups.map(({ label, values }) => [label, ...values])).toEqual([
    ["Nov 1", 4, null],
    ["Nov 2", 5, 7],
  ]);
});

test("months are named, minutes are written as a clock", () => {
  expect(groupsOf([[{ ts: at(1), value: 1 }]], "MONTH", "en")[0]?.label).toBe("Nov");
  const clock = groupsOf(
    [
      [
        { ts: at(1), value: 1 },
        { ts: at(1) + 60_000, value: 2 },
      ],
    ],
    "auto",
    "en",
  );
  expect(clock.map(({ label }) => label)).toEqual(["12:00", "12:01"]);
});

test("a month before stands on the month after it, though they are not as long", () => {
  const month = (n: number) => new Date(2026, n, 1).getTime();
  const shift = 30 * 86_400_000;
  expect(movedOnto([{ ts: month(6), value: 7 }], shift, [month(7), month(8)])).toEqual([
    { ts: month(7), value: 7 },
  ]);
  expect(movedOnto([{ ts: 5, value: 1 }], 10, [])).toEqual([{ ts: 15, value: 1 }]);
});
