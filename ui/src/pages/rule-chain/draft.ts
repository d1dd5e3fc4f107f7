/// A rule chain while it is edited: nodes and links by keys of our own, so that both may come and go. Every
/// operation answers a new draft and leaves the old one as it was, which is all that undoing needs.
import type { RuleChainMetadata, RuleNode } from "../../api/types";
import { arranged, type Place, placesOf } from "./places";

export interface DraftNode extends Place {
  /// The node's id, or one made here until the server gives it one.
  key: string;
  node: RuleNode;
}

/// All connections from one node to another.
export interface DraftLink {
  source: string;
  target: string;
  labels: string[];
}

export interface Draft {
  nodes: DraftNode[];
  links: DraftLink[];
  /// Where messages enter.
  first: string | null;
}

/// What is copied: nodes and the links among them.
export type Clip = Pick<Draft, "nodes" | "links">;

/// The kind of data that a node dragged from the palette carries.
export const draggedType = "application/x-rule-node";

/// A link among keys of nodes.
export function linkKey({ source, target }: Pick<DraftLink, "source" | "target">): string {
  return `${source}→${target}`;
}

export function draftOf(metadata: RuleChainMetadata): Draft {
  const keys = metadata.nodes.map((node, index) => node.id?.id ?? `node-${index}`);
  const links: DraftLink[] = [];
  for (const { fromIndex, toIndex, type } of metadata.connections ?? [])
    link(links, keys[fromIndex] as string, keys[toIndex] as string, type);
  const places = placesOf(metadata.nodes, keys, links);
  const nodes = metadata.nodes.map((node, i) => {
    const key = keys[i] as string;
    return { key, node, ...(places.get(key) as Place) };
  });
  return { nodes, links, first: keys[metadata.firstNodeIndex ?? -1] ?? null };
}

/// What the server keeps of the draft; all that the draft does not know of is taken from `base`.
export function metadataOf(draft: Draft, base: RuleChainMetadata): RuleChainMetadata {
  const index = new Map(draft.nodes.map(({ key }, i) => [key, i]));
  return {
    ...base,
    firstNodeIndex: index.get(draft.first ?? "") ?? null,
    nodes: draft.nodes.map(({ node, x, y }) => ({
      ...node,
      additionalInfo: { ...node.additionalInfo, layoutX: Math.round(x), layoutY: Math.round(y) },
    })),
    connections: draft.links.flatMap(({ source, target, labels }) =>
      labels.map((type) => ({
        fromIndex: index.get(source) as number,
        toIndex: index.get(target) as number,
        type,
      })),
    ),
  };
}

export function withNode(draft: Draft, node: DraftNode): Draft {
  return { ...draft, nodes: [...draft.nodes, node], first: draft.first ?? node.key };
}

export function withChange(draft: Draft, key: string, part: Partial<RuleNode>): Draft {
  const nodes = draft.nodes.map((each) =>
    each.key === key ? { ...each, node: { ...each.node, ...part } } : each,
  );
  return { ...draft, nodes };
}

export function withPlaces(draft: Draft, places: ReadonlyMap<string, Place>): Draft {
  return { ...draft, nodes: draft.nodes.map((each) => ({ ...each, ...places.get(each.key) })) };
}

export function withArrangement(draft: Draft): Draft {
  const keys = draft.nodes.map(({ key }) => key);
  return withPlaces(draft, arranged(keys, draft.links));
}

export function without(draft: Draft, keys: ReadonlySet<string>): Draft {
  return {
    nodes: draft.nodes.filter(({ key }) => !keys.has(key)),
    links: draft.links.filter(({ source, target }) => !keys.has(source) && !keys.has(target)),
    first: draft.first !== null && keys.has(draft.first) ? null : draft.first,
  };
}

export function withLink(draft: Draft, source: string, target: string, label: string): Draft {
  const links = draft.links.map((each) => ({ ...each }));
  link(links, source, target, label);
  return { ...draft, links };
}

/// These labels and no others; without any the two are no longer connected.
export function withLabels(draft: Draft, source: string, target: string, labels: string[]): Draft {
  const links = draft.links.filter((each) => each.source !== source || each.target !== target);
  return { ...draft, links: labels.length > 0 ? [...links, { source, target, labels }] : links };
}

/// Where the server gave ids, the nodes have them, whichever state of the draft they are in.
export function withIds(draft: Draft, ids: ReadonlyMap<string, RuleNode["id"]>): Draft {
  const nodes = draft.nodes.map((each) => {
    const id = ids.get(each.key);
    return id && each.node.id === undefined ? { ...each, node: { ...each.node, id } } : each;
  });
  return { ...draft, nodes };
}

export function clipOf(draft: Draft, keys: ReadonlySet<string>): Clip {
  return {
    nodes: draft.nodes.filter(({ key }) => keys.has(key)),
    links: draft.links.filter(({ source, target }) => keys.has(source) && keys.has(target)),
  };
}

/// The clip as nodes of their own, beside what it was copied from.
export function withClip(draft: Draft, clip: Clip): { draft: Draft; keys: string[] } {
  const keys = new Map(clip.nodes.map(({ key }) => [key, newKey()]));
  const aside = draft.nodes.some((one) => clip.nodes.some((other) => one.x === other.x && one.y === other.y));
  const shift = aside ? 40 : 0;
  const nodes = clip.nodes.map(({ key, node, x, y }) => ({
    key: keys.get(key) as string,
    node: { ...node, id: undefined },
    x: x + shift,
    y: y + shift,
  }));
  const links = clip.links.map(({ source, target, labels }) => ({
    source: keys.get(source) as string,
    target: keys.get(target) as string,
    labels,
  }));
  const first = draft.first ?? nodes[0]?.key ?? null;
  return {
    draft: { nodes: [...draft.nodes, ...nodes], links: [...draft.links, ...links], first },
    keys: nodes.map(({ key }) => key),
  };
}

export function clipText(clip: Clip): string {
  return JSON.stringify({ ruleNodes: clip }, null, 2);
}

/// What a text holds: nodes copied here, or a chain that Millrace or ThingsBoard exported.
export function clipFrom(text: string): Clip | null {
  try {
    const json = JSON.parse(text);
    if (json?.ruleNodes?.nodes) return json.ruleNodes as Clip;
    const metadata = json?.metadata ?? json;
    return Array.isArray(metadata?.nodes) ? draftOf(metadata) : null;
  } catch {
    return null;
  }
}

export function newKey(): string {
  return `new-${crypto.randomUUID()}`;
}

function link(links: DraftLink[], source: string, target: string, label: string): void {
  const known = links.find((each) => each.source === source && each.target === target);
  if (!known) links.push({ source, target, labels: [label] });
  else if (!known.labels.includes(label)) known.labels = [...known.labels, label];
}
