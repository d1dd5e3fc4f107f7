import { expect, test } from "vitest";
import type { RuleChainMetadata } from "../../../api/types";
import { merged } from "./rehearsal";

const chain = (
  names: Record<string, number>,
  connections: [number, number, string][],
): RuleChainMetadata => ({
  ruleChainId: { entityType: "RULE_CHAIN", id: "c" },
  firstNodeIndex: 0,
  nodes: Object.entries(names).map(([name, limit], i) => ({
    type: "filter",
    name,
    configuration: { limit },
    additionalInfo: { layoutX: i * 100, layoutY: 0 },
  })),
  connections: connections.map(([fromIndex, toIndex, type]) => ({ fromIndex, toIndex, type })),
});

test("one picture tells what came, went, changed and stayed", () => {
  const before = chain({ A: 1, B: 1, C: 1 }, [
    [0, 1, "True"],
    [1, 2, "Success"],
  ]);
  const after = chain({ A: 1, B: 2, D: 1 }, [
    [0, 1, "True"],
    [0, 2, "False"],
  ]);
  const { nodes, links } = merged(before, after);
  expect(nodes.map(({ name, fate }) => `${name} ${fate}`)).toEqual([
    "A same",
    "B changed",
    "D added",
    "C removed",
  ]);
  expect(links.map(({ label, fate }) => `${label} ${fate}`)).toEqual([
    "True same",
    "False added",
    "Success removed",
  ]);
});

test("the order of settings is no change", () => {
  const one = chain({ A: 1 }, []);
  const swapped: RuleChainMetadata = {
    ...one,
    nodes: one.nodes.map((node) => ({ ...node, configuration: { b: 2, limit: 1 } })),
  };
  const other: RuleChainMetadata = {
    ...one,
    nodes: one.nodes.map((node) => ({ ...node, configuration: { limit: 1, b: 2 } })),
  };
  expect(merged(swapped, other).nodes[0]?.fate).toBe("same");
});
