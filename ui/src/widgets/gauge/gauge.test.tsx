import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import Gauge from "./Gauge";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ level: 42 }));
afterEach(cleanup);

test("the dial says what it shows, and between which ends", async () => {
  await show(Gauge, { source: { deviceId: "d", keys: ["level"] }, settings: { min: 10, max: 50 } });
  expect(screen.getByRole("img", { name: "level: 42, between 10 and 50" })).toBeDefined();
});

test("without a value there is no figure", async () => {
  await show(Gauge, { source: { deviceId: "d", keys: ["nothing"] }, settings: { min: 0, max: 1 } });
  expect(screen.getByText("—")).toBeDefined();
});
