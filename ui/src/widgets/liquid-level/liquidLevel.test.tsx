import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import LiquidLevel from "./LiquidLevel";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ level: 42 }));
afterEach(cleanup);

test("the level is written with its unit", async () => {
  const looks = { level: { label: "Tank", unit: "%", decimals: 0, color: null } };
  await show(LiquidLevel, { source: { deviceId: "d", keys: ["level"], looks } });
  expect(screen.getByRole("img", { name: "Tank: 42 %" })).toBeDefined();
});
