/// Where the nodes of a chain lie.
import { graphlib, layout } from "@dagrejs/dagre";
import type { RuleNode } from "../../api/types";

export const nodeSize = { width: 190, height: 64 };

export interface Place {
  x: number;
  y: number;
}

type Line = { source: string; target: string };

/// As the author laid it out; where any place is missing or two nodes cover each other, by dagre.
export function placesOf(nodes: RuleNode[], keys: string[], lines: Line[]): Map<string, Place> {
  const own = nodes.map(({ additionalInfo }) => ({
    x: additionalInfo?.layoutX ?? Number.NaN,
    y: additionalInfo?.layoutY ?? Number.NaN,
  }));
  return own.every(({ x, y }) => Number.isFinite(x + y)) && !overlaps(own)
    ? new Map(keys.map((key, i) => [key, own[i] as Place]))
    : arranged(keys, lines);
}

export function arranged(keys: string[], lines: Line[]): Map<string, Place> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 36, ranksep: 110 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const key of keys) graph.setNode(key, { ...nodeSize });
  for (const { source, target } of lines) graph.setEdge(source, target);
  layout(graph);
  return new Map(
    keys.map((key) => {
      const { x, y } = graph.node(key) as Place;
      return [key, { x: Math.round(x - nodeSize.width / 2), y: Math.round(y - nodeSize.height / 2) }];
    }),
  );
}

/// A free place for a new node: to the right of that one, or in the middle of what is seen.
export function freePlace(taken: Place[], wanted: Place): Place {
  let { x, y } = wanted;
  while (
    taken.some((place) => Math.abs(place.x - x) < nodeSize.width && Math.abs(place.y - y) < nodeSize.height)
  )
    y += nodeSize.height + 20;
  return { x: Math.round(x), y: Math.round(y) };
}

function overlaps(places: Place[]): boolean {
  return places.some((a, i) =>
    places.some((b, j) => j < i && Math.abs(a.x - b.x) < 40 && Math.abs(a.y - b.y) < 20),
  );
}
