/// The rule nodes that take longest for a message just now, of all chains.
import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { ruleChainFiguresQuery, ruleChainsQuery } from "../../api/queries";
import type { NodeFigures } from "../../api/types";

export interface SlowNode {
  chainId: string;
  nodeId: string;
  name: string;
  microseconds: number;
}

interface Reading {
  chainId: string;
  nodes: NodeFigures[];
}

const chainsMax = 20;
const shownMax = 5;
const everyMs = 4_000;

/// Null until the first answer.
export function useSlowest(): SlowNode[] | null {
  const chains = useQuery(ruleChainsQuery).data?.data.slice(0, chainsMax);
  const results = useQueries({
    queries: (chains ?? []).map(({ id }) => ({
      ...ruleChainFiguresQuery(id.id),
      refetchInterval: everyMs,
    })),
  });
  const before = useRef<ReadonlyMap<string, NodeFigures>>(new Map());
  const read = results.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the times stand for what was read
  const readings = useMemo(
    () =>
      results.flatMap(({ data }, i): Reading[] =>
        data ? [{ chainId: chains?.[i]?.id.id ?? "", nodes: data.nodes }] : [],
      ),
    [read],
  );
  const slowest = useMemo(() => slowestOf(readings, before.current), [readings]);
  useEffect(() => {
    before.current = new Map(readings.flatMap(({ nodes }) => nodes.map((node) => [node.nodeId, node])));
  }, [readings]);
  return chains && results.every(({ isPending }) => !isPending) ? slowest : null;
}

/// By the messages since the reading before; a node that had none since then by all that it ever had.
export function slowestOf(readings: Reading[], before: ReadonlyMap<string, NodeFigures>): SlowNode[] {
  return readings
    .flatMap(({ chainId, nodes }) =>
      nodes.map((node) => ({
        chainId,
        nodeId: node.nodeId,
        name: node.name,
        microseconds: perMessage(node, before.get(node.nodeId)),
      })),
    )
    .filter(({ microseconds }) => microseconds > 0)
    .sort((a, b) => b.microseconds - a.microseconds)
    .slice(0, shownMax);
}

function perMessage(node: NodeFigures, old: NodeFigures | undefined): number {
  const count = node.received - (old?.received ?? 0);
  if (count > 0) return (node.busyNanos - (old?.busyNanos ?? 0)) / count / 1_000;
  return node.received > 0 ? node.busyNanos / node.received / 1_000 : 0;
}
