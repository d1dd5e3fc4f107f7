import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import RealtimePath from "./RealtimePath";

vi.mock("../../live", async () => (await import("../shown")).liveOf({}));
vi.mock("../../api/http", () => ({ getPublic: async () => ({ realtime: null }), get: vi.fn() }));
afterEach(cleanup);

test("where there is no database it says so", async () => {
  await show(RealtimePath, { settings: { database: "", path: "/" } });
  expect(await screen.findByText("There is no realtime database.")).toBeDefined();
});
