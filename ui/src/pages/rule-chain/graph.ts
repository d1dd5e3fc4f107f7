/// A rule chain's metadata as a graph to draw: where each node lies and what connects it.
import { graphlib, layout } from "@dagrejs/dagre";
import type { RuleChainMetadata, RuleNode } from "../../api/types";

export const nodeSize = { width: 190, height: 64 };

export interface GraphNode {
  index: number;
  node: RuleNode;
  x: number;
  y: number;
  isFirst: boolean;
  /// The chain that a "rule chain" node calls.
  calledChainId: string | null;
}

export interface GraphEdge {
  from: number;
  to: number;
  labels: string[];
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export function graphOf(metadata: RuleChainMetadata): Graph {
  const edges = edgesOf(metadata);
  const places = placesOf(metadata.nodes, edges);
  const nodes = metadata.nodes.map((node, index) => ({
    index,
    node,
    ...(places[index] ?? { x: 0, y: 0 }),
    isFirst: index === metadata.firstNodeIndex,
    calledChainId: calledChainOf(node),
  }));
  return { nodes, edges };
}

/// Connections between the same two nodes are one line with all its labels.
function edgesOf(metadata: RuleChainMetadata): GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  for (const { fromIndex, toIndex, type } of metadata.connections ?? []) {
    const known = edges.get(`${fromIndex}-${toIndex}`);
    if (known) known.labels.push(type);
    else edges.set(`${fromIndex}-${toIndex}`, { from: fromIndex, to: toIndex, labels: [type] });
  }
  return [...edges.values()];
}

/// As the author laid it out; where any place is missing or two nodes cover each other, by dagre.
function placesOf(nodes: RuleNode[], edges: GraphEdge[]): { x: number; y: number }[] {
  const own = nodes.map(({ additionalInfo }) => ({
    x: additionalInfo?.layoutX ?? Number.NaN,
    y: additionalInfo?.layoutY ?? Number.NaN,
  }));
  return own.every(({ x, y }) => Number.isFinite(x + y)) && !overlaps(own)
    ? own
    : arranged(nodes.length, edges);
}

function overlaps(places: { x: number; y: number }[]): boolean {
  return places.some((a, i) =>
    places.some((b, j) => j < i && Math.abs(a.x - b.x) < 40 && Math.abs(a.y - b.y) < 20),
  );
}

function arranged(count: number, edges: GraphEdge[]): { x: number; y: number }[] {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 36, ranksep: 110 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (let i = 0; i < count; i++) graph.setNode(String(i), { ...nodeSize });
  for (const { from, to } of edges) graph.setEdge(String(from), String(to));
  layout(graph);
  return Array.from({ length: count }, (_, i) => {
    const { x, y } = graph.node(String(i)) as { x: number; y: number };
    return { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 };
  });
}

function calledChainOf({ type, configuration }: RuleNode): string | null {
  const id = configuration?.ruleChainId;
  return type.endsWith("TbRuleChainInputNode") && typeof id === "string" ? id : null;
}
