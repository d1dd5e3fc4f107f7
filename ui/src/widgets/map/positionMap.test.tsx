import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import PositionMap from "./PositionMap";

vi.mock("../../live", async () => (await import("../shown")).liveOf({ temperature: 1 }));
vi.mock("../../map/FleetMap", () => ({ default: () => null }));
vi.mock("../../map/useFences", () => ({ useFences: () => ({ type: "FeatureCollection", features: [] }) }));
afterEach(cleanup);

test("devices without a position are said to have none", async () => {
  await show(PositionMap, { source: { deviceId: "d", keys: [] }, settings: {} });
  expect(screen.getByText("None of these has a position yet.")).toBeDefined();
});
