import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import AlarmCount from "./AlarmCount";

vi.mock("../../live", async () => (await import("../shown")).liveOf({}));
vi.mock("../../api/http", () => ({
  get: async () => ({ data: [], totalElements: 1_234 }),
  post: vi.fn(),
}));
afterEach(cleanup);

test("it counts as the server counts, also beyond one page", async () => {
  await show(AlarmCount, {});
  expect(await screen.findByText("1,234")).toBeDefined();
});
