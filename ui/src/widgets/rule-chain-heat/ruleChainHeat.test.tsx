import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../shown";
import RuleChainHeat from "./RuleChainHeat";

const node = (id: string, name: string, x: number) => ({
  id: { id },
  name,
  type: "t",
  configuration: {},
  additionalInfo: { layoutX: x, layoutY: 10 },
});
const figures = (nodeId: string, failed: number) => ({
  nodeId,
  received: 10,
  failed,
  emitted: {},
  busyNanos: 50_000,
  recent: [],
});

vi.mock("../../api/http", () => ({
  get: async (path: string) => {
    if (path.endsWith("/metadata"))
      return {
        nodes: [node("a", "Save", 0), node("b", "Alarm", 300)],
        connections: [{ fromIndex: 0, toIndex: 1, type: "Success" }],
      };
    if (path.endsWith("/figures")) return { nodes: [figures("a", 0), figures("b", 3)], problems: [] };
    return { data: [{ id: { id: "root" }, name: "Root", root: true }], totalElements: 1 };
  },
}));
afterEach(cleanup);

test("without a choice it shows the root chain, and every node with its figure", async () => {
  await show(RuleChainHeat, { settings: { heat: "errors" } });
  const table = await screen.findByRole("table", { name: "Root" });
  const row = within(table).getByRole("row", { name: /Alarm/ });
  expect(await within(row).findByText("3")).toBeDefined();
  expect(screen.getByRole("link", { name: "Root" }).getAttribute("href")).toBe("/ruleChains/root");
});

test("a chain that is gone is said to be gone", async () => {
  await show(RuleChainHeat, { settings: { chain: "other" } });
  expect(await screen.findByText("This rule chain is no longer there. Choose another.")).toBeDefined();
});
