/// What the nodes have done, ready to be shown: by node, with rates from one reading to the next.
import type { NodeFigures, RecentMessage, RuleChainFigures } from "../../api/types";

export interface Activity extends NodeFigures {
  /// Messages in per second since the reading before, or null at the first.
  perSecond: number | null;
  /// Microseconds in the node per message: of those since the reading before, otherwise of all.
  microseconds: number;
  /// Messages out per second by connection label.
  emittedPerSecond: Record<string, number>;
}

export type Activities = ReadonlyMap<string, Activity>;

export interface Reading {
  at: number;
  figures: RuleChainFigures;
}

export function activities({ at, figures }: Reading, before: Reading | null): Activities {
  const known = new Map(before?.figures.nodes.map((node) => [node.nodeId, node]));
  const seconds = before ? (at - before.at) / 1000 : 0;
  return new Map(
    figures.nodes.map((node) => {
      const old = known.get(node.nodeId);
      const isLater = old !== undefined && old.received <= node.received && seconds > 0;
      return [
        node.nodeId,
        {
          ...node,
          perSecond: isLater ? (node.received - old.received) / seconds : null,
          microseconds: microseconds(node, isLater ? old : null),
          emittedPerSecond: isLater ? emittedSince(node, old, seconds) : {},
        },
      ];
    }),
  );
}

function microseconds(node: NodeFigures, old: NodeFigures | null): number {
  const count = node.received - (old?.received ?? 0);
  if (count > 0) return (node.busyNanos - (old?.busyNanos ?? 0)) / count / 1000;
  return node.received === 0 ? 0 : node.busyNanos / node.received / 1000;
}

function emittedSince(node: NodeFigures, old: NodeFigures, seconds: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(node.emitted).map(([label, count]) => [
      label,
      Math.max(0, count - (old.emitted[label] ?? 0)) / seconds,
    ]),
  );
}

/// What colours the nodes.
export const heats = ["rate", "latency", "errors"] as const;
export type Heat = (typeof heats)[number];

/// How hot each node is, 0 to 1, against the hottest of the chain.
export function heatOf(activity: Activities, heat: Heat): ReadonlyMap<string, number> {
  const amounts = [...activity.values()].map((node) => [node.nodeId, amountOf(node, heat)] as const);
  const most = Math.max(...amounts.map(([, amount]) => amount), 0);
  return new Map(amounts.map(([id, amount]) => [id, most === 0 ? 0 : amount / most]));
}

function amountOf({ perSecond, received, microseconds, failed }: Activity, heat: Heat): number {
  if (heat === "latency") return received === 0 ? 0 : microseconds;
  return heat === "errors" ? failed : (perSecond ?? 0);
}

/// The message as a later node got it: what this node made of it.
export function madeOf(message: RecentMessage, nextNodes: (Activity | undefined)[]): RecentMessage | null {
  for (const node of nextNodes) {
    const found = node?.recent.find(({ id, ts }) => id === message.id && ts >= message.ts);
    if (found) return found;
  }
  return null;
}

/// 1,234,567 as "1.2M": a count that fits on a node.
export function short(count: number, language: string): string {
  return count.toLocaleString(language, { notation: "compact", maximumFractionDigits: 1 });
}
