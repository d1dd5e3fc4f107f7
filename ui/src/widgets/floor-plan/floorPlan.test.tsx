import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import FloorPlan from "./FloorPlan";
import { placesIn, saidPlace, spread } from "./places";

vi.mock("../../live", async () =>
  (await import("../shown")).liveOf({ temperature: 21, xPos: 0.25, yPos: 0.5 }),
);
afterEach(cleanup);

test("a device stands where it was put, otherwise where it says, with its values", async () => {
  const sources = ["A", "B"].map((name) => ({ deviceId: name, name, keys: ["temperature"] }));
  const image = "data:image/png;base64,AAAA";
  await show(FloorPlan, { sources, settings: { image, places: { A: { x: 10, y: 90 } } } });
  const spot = (name: string) => screen.getByText(name).parentElement as HTMLElement;
  expect([spot("A").style.left, spot("A").style.top]).toEqual(["10%", "90%"]);
  expect([spot("B").style.left, spot("B").style.top]).toEqual(["25%", "50%"]);
  expect(screen.getAllByText("21")).toHaveLength(2);
  expect(screen.getByRole("img").getAttribute("src")).toBe(image);
});

test("a picture from another address is not loaded", async () => {
  const sources = [{ deviceId: "A", name: "A", keys: [] }];
  await show(FloorPlan, { sources, settings: { image: "https://example.org/plan.png" } });
  expect(screen.queryByRole("img")).toBeNull();
});

test("what is no place is none, and those without one stand side by side", () => {
  expect(placesIn({ a: { x: 1, y: 2 }, b: { x: "1" }, c: null } as never)).toEqual({ a: { x: 1, y: 2 } });
  expect(placesIn("nonsense")).toEqual({});
  expect(saidPlace(2, 0.5)).toBeNull();
  const all = Array.from({ length: 7 }, (_, i) => spread(i, 7));
  expect(new Set(all.map(({ x, y }) => `${x} ${y}`)).size).toBe(7);
  expect(all.every(({ x, y }) => x > 0 && x < 100 && y > 0 && y < 100)).toBe(true);
});
