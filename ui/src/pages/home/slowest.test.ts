import { expect, test } from "vitest";
import type { NodeFigures } from "../../api/types";
import { slowestOf } from "./slowest";

const node = (nodeId: string, received: number, busyNanos: number) =>
  ({ nodeId, name: nodeId, received, busyNanos }) as NodeFigures;

test("the slowest comes first, by what came since the reading before", () => {
  const before = new Map([["a", node("a", 100, 100_000_000)]]);
  const nodes = [node("a", 110, 100_100_000), node("b", 10, 500_000), node("idle", 0, 0)];
  expect(slowestOf([{ chainId: "c", nodes }], before)).toEqual([
    { chainId: "c", nodeId: "b", name: "b", microseconds: 50 },
    { chainId: "c", nodeId: "a", name: "a", microseconds: 10 },
  ]);
});

test("a node without new messages is told by all of them", () => {
  const same = node("a", 10, 1_000_000);
  expect(slowestOf([{ chainId: "c", nodes: [same] }], new Map([["a", same]]))[0]?.microseconds).toBe(100);
});
