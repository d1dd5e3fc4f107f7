import { expect, test } from "vitest";
import type { RuleChainMetadata } from "../../api/types";
import {
  clipFrom,
  clipOf,
  clipText,
  draftOf,
  metadataOf,
  withArrangement,
  withClip,
  withIds,
  withLabels,
  withLink,
  withNode,
  without,
} from "./draft";

const filter = "org.thingsboard.rule.engine.filter.TbJsFilterNode";
const chain: RuleChainMetadata = {
  ruleChainId: { entityType: "RULE_CHAIN", id: "c" },
  firstNodeIndex: 1,
  nodes: [
    {
      id: { entityType: "RULE_NODE", id: "a" },
      type: filter,
      name: "A",
      configuration: {},
      additionalInfo: { layoutX: 300, layoutY: 10 },
    },
    {
      id: { entityType: "RULE_NODE", id: "b" },
      type: filter,
      name: "B",
      configuration: {},
      additionalInfo: { layoutX: 10, layoutY: 10 },
    },
  ],
  connections: [
    { fromIndex: 1, toIndex: 0, type: "True" },
    { fromIndex: 1, toIndex: 0, type: "Failure" },
  ],
  ruleChainConnections: null,
};

test("a draft that nobody changed saves what it was made of", () => {
  const draft = draftOf(chain);
  expect(draft.links).toEqual([{ source: "b", target: "a", labels: ["True", "Failure"] }]);
  expect(draft.first).toBe("b");
  expect(metadataOf(draft, chain)).toEqual(chain);
});

test("taking a node out takes its links and, where it was the first, the entrance", () => {
  const draft = without(draftOf(chain), new Set(["b"]));
  expect(metadataOf(draft, chain)).toMatchObject({ firstNodeIndex: null, connections: [] });
  expect(draft.nodes.map(({ key }) => key)).toEqual(["a"]);
});

test("the first node of an empty chain is where messages enter", () => {
  const empty = draftOf({ ...chain, nodes: [], connections: [], firstNodeIndex: null });
  const node = { type: filter, name: "New", configuration: {} };
  expect(withNode(empty, { key: "new", node, x: 0, y: 0 }).first).toBe("new");
});

test("a connection is made once, renamed, and gone with its last label", () => {
  const twice = withLink(withLink(draftOf(chain), "a", "b", "False"), "a", "b", "False");
  expect(twice.links[1]).toEqual({ source: "a", target: "b", labels: ["False"] });
  expect(withLabels(twice, "a", "b", ["True"]).links[1]?.labels).toEqual(["True"]);
  expect(withLabels(twice, "a", "b", []).links).toHaveLength(1);
});

test("a copy has keys of its own, its links, no ids, and does not cover what it was copied from", () => {
  const draft = draftOf(chain);
  const clip = clipFrom(clipText(clipOf(draft, new Set(["a", "b"]))));
  const { draft: pasted, keys } = withClip(draft, clip as NonNullable<typeof clip>);
  expect(pasted.nodes).toHaveLength(4);
  expect(new Set(pasted.nodes.map(({ key }) => key)).size).toBe(4);
  expect(pasted.nodes.filter(({ key }) => keys.includes(key)).map(({ node }) => node.id)).toEqual([
    undefined,
    undefined,
  ]);
  expect(pasted.links[1]).toMatchObject({ source: keys[1], target: keys[0] });
  expect(pasted.nodes[2]).toMatchObject({ x: 340, y: 50 });
});

test("the text of an exported chain can be pasted; any other text is nothing", () => {
  expect(clipFrom(JSON.stringify({ ruleChain: { name: "x" }, metadata: chain }))?.nodes).toHaveLength(2);
  expect(clipFrom("hello")).toBeNull();
  expect(clipFrom("[1, 2]")).toBeNull();
});

test("ids that the server gave are kept", () => {
  const node = { type: filter, name: "New", configuration: {} };
  const draft = withNode(draftOf(chain), { key: "new-1", node, x: 0, y: 0 });
  const id = { entityType: "RULE_NODE", id: "given" };
  expect(withIds(draft, new Map([["new-1", id]])).nodes[2]?.node.id).toEqual(id);
});

test("an arrangement lays a node to the right of the one before it", () => {
  const { nodes } = withArrangement(draftOf(chain));
  const [a, b] = nodes;
  expect(a?.x).toBeGreaterThan((b?.x ?? 0) + 190);
});
