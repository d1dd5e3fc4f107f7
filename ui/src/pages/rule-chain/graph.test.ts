import { expect, test } from "vitest";
import type { RuleChainMetadata, RuleNode } from "../../api/types";
import { graphOf, nodeSize } from "./graph";
import { kindOf } from "./nodeKinds";

function node(name: string, place?: { layoutX: number; layoutY: number }): RuleNode {
  return {
    type: "org.thingsboard.rule.engine.action.TbLogNode",
    name,
    configuration: {},
    additionalInfo: place ?? {},
  };
}

function chain(nodes: RuleNode[], connections: [number, number, string][]): RuleChainMetadata {
  return {
    ruleChainId: { entityType: "RULE_CHAIN", id: "c1" },
    firstNodeIndex: 0,
    nodes,
    connections: connections.map(([fromIndex, toIndex, type]) => ({ fromIndex, toIndex, type })),
  };
}

test("the author's places are kept", () => {
  const graph = graphOf(
    chain([node("a", { layoutX: 10, layoutY: 20 }), node("b", { layoutX: 300, layoutY: 20 })], []),
  );
  expect(graph.nodes.map(({ x, y }) => [x, y])).toEqual([
    [10, 20],
    [300, 20],
  ]);
});

test("without places the nodes are arranged from left to right, none over another", () => {
  const graph = graphOf(
    chain(
      [node("a"), node("b"), node("c")],
      [
        [0, 1, "True"],
        [0, 2, "False"],
      ],
    ),
  );
  const [a, b, c] = graph.nodes;
  expect(b?.x).toBeGreaterThan((a?.x ?? 0) + nodeSize.width);
  expect(Math.abs((b?.y ?? 0) - (c?.y ?? 0))).toBeGreaterThanOrEqual(nodeSize.height);
});

test("several labels between two nodes are one line", () => {
  const graph = graphOf(
    chain(
      [node("a"), node("b")],
      [
        [0, 1, "True"],
        [0, 1, "Failure"],
      ],
    ),
  );
  expect(graph.edges).toEqual([{ from: 0, to: 1, labels: ["True", "Failure"] }]);
});

test("a rule chain node says which chain it calls", () => {
  const call = {
    ...node("call"),
    type: "org.thingsboard.rule.engine.flow.TbRuleChainInputNode",
    configuration: { ruleChainId: "c2" },
  };
  expect(graphOf(chain([call], [])).nodes[0]?.calledChainId).toBe("c2");
});

test.each([
  ["org.thingsboard.rule.engine.filter.TbJsFilterNode", "filter", "script"],
  ["org.thingsboard.rule.engine.metadata.TbGetCustomerDetailsNode", "enrichment", "get customer details"],
  ["org.thingsboard.rule.engine.mail.TbMsgToEmailNode", "transformation", "to email"],
  ["org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode", "action", "save time series"],
  ["org.thingsboard.rule.engine.rest.TbRestApiCallNode", "external", "rest api call"],
  ["org.thingsboard.rule.engine.aws.sqs.TbAwsSqsNode", "external", "aws sqs"],
  ["org.example.OwnNode", "action", "own"],
])("%s is a %s node called %s", (type, kind, label) => {
  expect(kindOf(type)).toEqual({ kind, label });
});
