import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import ValuesTable from "./ValuesTable";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ temperature: 21.456, state: "on" }));
afterEach(cleanup);

test("chosen keys are shown as they are to be written, and all where none is chosen", async () => {
  const looks = { temperature: { label: "Warmth", unit: "°C", decimals: 1, color: null } };
  await show(ValuesTable, { source: { deviceId: "d", keys: ["temperature"], looks } });
  expect(
    screen
      .getAllByRole("cell")
      .map((cell) => cell.textContent)
      .slice(0, 2),
  ).toEqual(["Warmth", "21.5 °C"]);
  cleanup();
  await show(ValuesTable, { source: { deviceId: "d", keys: [] } });
  expect(screen.getAllByRole("row")).toHaveLength(3);
});
