import { expect, test } from "vitest";
import { timeTexts } from "./plot";

const noon = new Date(2026, 10, 22, 12, 0, 0).getTime();

test("times half a minute apart show seconds, times an hour apart do not", () => {
  expect(timeTexts([noon, noon + 30_000], "en")).toEqual(["12:00:00", "12:00:30"]);
  expect(timeTexts([noon, noon + 3_600_000], "en")).toEqual(["12:00", "13:00"]);
});

test("midnight and days show the date", () => {
  expect(timeTexts([noon + 43_200_000 - 3_600_000, noon + 43_200_000], "en")).toEqual(["23:00", "Nov 23"]);
  expect(timeTexts([noon, noon + 86_400_000], "en")).toEqual(["Nov 22", "Nov 23"]);
});
