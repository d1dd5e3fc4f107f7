/// What the nodes have done, ready to be shown: by node, with rates from one reading to the next.
import type { NodeFigures, RuleChainFigures } from "../../api/types";

export interface Activity extends NodeFigures {
  /// Messages in per second since the reading before, or null at the first.
  perSecond: number | null;
  /// Microseconds in the node per message, all messages.
  microseconds: number;
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
          microseconds: node.received === 0 ? 0 : node.busyNanos / node.received / 1000,
        },
      ];
    }),
  );
}

/// 1,234,567 as "1.2M": a count that fits on a node.
export function short(count: number, language: string): string {
  return count.toLocaleString(language, { notation: "compact", maximumFractionDigits: 1 });
}
