import { expect, test } from "vitest";
import { stretchesOf } from "./stretches";

test("equal states in a row are one stretch, the last one lasts", () => {
  const points = [
    { ts: 1, value: "on" },
    { ts: 2, value: "on" },
    { ts: 5, value: "off" },
    { ts: 7, value: true },
  ];
  expect(stretchesOf(points, 10)).toEqual([
    { state: "on", fromTs: 1, untilTs: 5 },
    { state: "off", fromTs: 5, untilTs: 7 },
    { state: "true", fromTs: 7, untilTs: 10 },
  ]);
});
