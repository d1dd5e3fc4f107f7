import { expect, test } from "vitest";
import { remaining, timeIn } from "./time";

test("the time of a zone, and of here where the zone is unknown", () => {
  const noon = Date.UTC(2026, 0, 1, 12);
  expect(timeIn(noon, "Asia/Tokyo", "en").time).toBe("21:00:00");
  expect(timeIn(noon, "Nowhere/Land", "en").time).toBe(timeIn(noon, "", "en").time);
});

test("what is left counts down to nothing", () => {
  expect(remaining(3 * 86_400_000 + 4 * 3_600_000 + 5_000)).toBe("3 d 04:00:05");
  expect(remaining(61_000)).toBe("00:01:01");
  expect(remaining(-5)).toBe("00:00:00");
});
