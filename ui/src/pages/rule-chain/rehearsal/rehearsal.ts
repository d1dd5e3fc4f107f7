/// Versions of a chain, its tests, replay and shadow, as the server answers them.
import { get } from "../../../api/http";
import type { Json, RuleChainMetadata, RuleNode } from "../../../api/types";

export interface Version {
  version: number;
  createdTime: number;
  author: string;
  remark: string;
  nodes: number;
}

export interface Difference {
  equal: boolean;
  nodesAdded: { name: string; type: string }[];
  nodesRemoved: { name: string; type: string }[];
  nodesChanged: { name: string; changes: { path: string; before: Json; after: Json }[] }[];
  nodesMoved: number;
  connectionsAdded: { from: string; type: string; to: string }[];
  connectionsRemoved: { from: string; type: string; to: string }[];
}

export interface ChainTest {
  id: string;
  name: string;
  createdTime: number;
  steps: Json[];
}

export interface TestRun {
  passed: boolean;
  tests: { id: string; name: string; passed: boolean; failures: string[] }[];
}

export interface Effect {
  ts: number;
  kind: string;
  what: { [name: string]: Json };
}

export interface Replay {
  messages: number;
  effectsBefore: number;
  effectsAfter: number;
  onlyBefore: Effect[];
  onlyAfter: Effect[];
}

export interface Shadow {
  startedTs: number;
  running: boolean;
  ended: string;
  messages: number;
  dropped: number;
  different: number;
  latest: { id: string; ts: number; msgType: string; msg: Json; onlyBefore: Effect[]; onlyAfter: Effect[] }[];
}

const path = (ruleChainId: string) => `/api/ruleChain/${ruleChainId}`;

export const versionsQuery = (id: string) => ({
  queryKey: ["ruleChain", id, "versions"],
  queryFn: () => get<Version[]>(`${path(id)}/versions`),
});

export const versionQuery = (id: string, version: number) => ({
  queryKey: ["ruleChain", id, "versions", version],
  queryFn: () => get<Version & { metadata: RuleChainMetadata }>(`${path(id)}/versions/${version}`),
});

export const differenceQuery = (id: string, from: number, now: number | undefined) => ({
  queryKey: ["ruleChain", id, "diff", from, now],
  queryFn: () => get<Difference>(`${path(id)}/diff`, { from }),
});

export const testsQuery = (id: string) => ({
  queryKey: ["ruleChain", id, "tests"],
  queryFn: () => get<ChainTest[]>(`${path(id)}/tests`),
});

export type Fate = "same" | "added" | "removed" | "changed";

export interface DrawnNode {
  key: string;
  name: string;
  x: number;
  y: number;
  fate: Fate;
}

export interface DrawnLink {
  from: string;
  to: string;
  label: string;
  fate: Fate;
}

/// Both versions in one picture: what stayed where it is now, what is gone where it was.
export function merged(
  before: RuleChainMetadata,
  after: RuleChainMetadata,
): { nodes: DrawnNode[]; links: DrawnLink[] } {
  const old = new Map(before.nodes.map((node) => [keyOf(node), node]));
  const now = new Map(after.nodes.map((node) => [keyOf(node), node]));
  const nodes = [
    ...after.nodes.map((node) => {
      const was = old.get(keyOf(node));
      const fate: Fate = !was ? "added" : settings(was) === settings(node) ? "same" : "changed";
      return drawn(node, fate);
    }),
    ...before.nodes.filter((node) => !now.has(keyOf(node))).map((node) => drawn(node, "removed")),
  ];
  const [was, is] = [linksOf(before), linksOf(after)];
  const links = [
    ...is.map((link) => ({ ...link, fate: (was.some(same(link)) ? "same" : "added") as Fate })),
    ...was.filter((link) => !is.some(same(link))).map((link) => ({ ...link, fate: "removed" as Fate })),
  ];
  return { nodes, links };
}

function drawn(node: RuleNode, fate: Fate): DrawnNode {
  const { layoutX = 0, layoutY = 0 } = node.additionalInfo ?? {};
  return { key: keyOf(node), name: node.name, x: layoutX, y: layoutY, fate };
}

function linksOf({ nodes, connections }: RuleChainMetadata): Omit<DrawnLink, "fate">[] {
  return (connections ?? []).flatMap(({ fromIndex, toIndex, type }) => {
    const [from, to] = [nodes[fromIndex], nodes[toIndex]];
    return from && to ? [{ from: keyOf(from), to: keyOf(to), label: type }] : [];
  });
}

function same(one: Omit<DrawnLink, "fate">) {
  return (other: Omit<DrawnLink, "fate">) =>
    one.from === other.from && one.to === other.to && one.label === other.label;
}

// Ids change when a chain is imported again; names seldom do.
function keyOf({ name, type }: RuleNode): string {
  return `${type} ${name}`;
}

function settings({ configuration }: RuleNode): string {
  return JSON.stringify(Object.entries(configuration).sort(([a], [b]) => a.localeCompare(b)));
}
