import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import AlarmsTable from "./AlarmsTable";

vi.mock("../../live", async () => (await import("../shown")).liveOf({}));
vi.mock("../../api/http", () => ({ get: async () => ({ data: [], totalElements: 0 }), post: vi.fn() }));
afterEach(cleanup);

test("without alarms it says that all is quiet", async () => {
  await show(AlarmsTable, { settings: { show: "active" } });
  expect(await screen.findByText("All quiet: nothing needs attention.")).toBeDefined();
});
