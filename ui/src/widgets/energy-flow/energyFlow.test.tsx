import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import EnergyFlow from "./EnergyFlow";
import { flowsOf, partOf } from "./flows";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ solarPower: 3000, power: 1000 }));
afterEach(cleanup);

test("the sun serves the home, then the battery, and what is left goes out", () => {
  expect(flowsOf({ production: 3_000, home: 800, battery: 1_500, grid: null })).toEqual([
    { from: "production", to: "home", power: 800 },
    { from: "production", to: "battery", power: 1_500 },
    { from: "production", to: "grid", power: 700 },
  ]);
});

test("at night the battery gives before the grid does", () => {
  expect(flowsOf({ production: 0, home: 900, battery: -600, grid: null })).toEqual([
    { from: "battery", to: "home", power: 600 },
    { from: "grid", to: "home", power: 300 },
  ]);
});

test("where only the grid is measured the home draws what is left", () => {
  expect(flowsOf({ production: 500, home: null, battery: null, grid: 200 })).toEqual([
    { from: "production", to: "home", power: 500 },
    { from: "grid", to: "home", power: 200 },
  ]);
});

test("however it is measured, nothing comes out that did not go in", () => {
  for (let i = 0; i < 200; i++) {
    const [production, home, battery] = [(i * 37) % 500, (i * 53) % 400, ((i * 71) % 300) - 150];
    const flows = flowsOf({ production, home, battery, grid: null });
    const sum = (of: (flow: (typeof flows)[number]) => boolean) =>
      flows.filter(of).reduce((all, { power }) => all + power, 0);
    expect(sum(({ to }) => to === "home")).toBe(home);
    expect(sum(({ from }) => from === "production")).toBeLessThanOrEqual(production);
    expect(flows.every(({ power }) => power > 0)).toBe(true);
  }
});

test("names tell what a value is of", () => {
  expect(partOf("", "power", "Solar inverter")).toBe("production");
  expect(partOf("", "power", "House battery")).toBe("battery");
  expect(partOf("", "gridPower", "House meter")).toBe("grid");
  expect(partOf("", "power", "House meter")).toBe("home");
});

test("it says in words what flows", async () => {
  await show(EnergyFlow, {
    sources: [{ deviceId: "d", name: "House", keys: ["solarPower", "power"] }],
    settings: { unit: "W" },
  });
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe(
    "1000 W from Roof to Home, 2000 W from Roof to Grid",
  );
});
