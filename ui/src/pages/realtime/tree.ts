/// The JSON tree of a database: how events change it, and which rows of it are in sight.
import type { RealtimeEvent } from "../../api/realtime";
import type { Json } from "../../api/types";

export interface TreeRow {
  path: string;
  key: string;
  depth: number;
  value: Json;
  childCount: number;
  isOpen: boolean;
  /// Not a value but the offer to show more children of `path`.
  more?: number;
}

const flashesMax = 200;

export function isBranch(value: Json): value is Json[] | { [key: string]: Json } {
  return typeof value === "object" && value !== null;
}

export function childPath(path: string, key: string): string {
  return path === "/" ? `/${key}` : `${path}/${key}`;
}

export function segments(path: string): string[] {
  return path.split("/").filter(Boolean);
}

/// The tree after the event; what the event does not touch is shared with the tree before.
export function applied(tree: Json, { kind, path, data }: RealtimeEvent): Json {
  if (kind === "put") return withValue(tree, segments(path), data);
  return Object.entries(data ?? {}).reduce(
    (result, [key, value]) => withValue(result, [...segments(path), ...segments(key)], value as Json),
    tree,
  );
}

/// RTDB: null deletes the path, and a parent without children is nothing.
function withValue(tree: Json, [key, ...rest]: string[], value: Json): Json {
  if (key === undefined) return value;
  const children = new Map(isBranch(tree) ? entries(tree) : []);
  const child = withValue(children.get(key) ?? null, rest, value);
  if (child === null) children.delete(key);
  else children.set(key, child);
  return children.size === 0 ? null : Object.fromEntries(children);
}

/// Paths whose value differs between two trees, the highest that tells; at most two hundred.
export function changes(before: Json, after: Json, path = "/", found: string[] = []): string[] {
  if (before === after || found.length >= flashesMax) return found;
  if (!isBranch(before) || !isBranch(after)) {
    found.push(path);
    return found;
  }
  const old = new Map(entries(before));
  const now = new Map(entries(after));
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    if (!now.has(key)) found.push(path);
    else changes(old.get(key) ?? null, now.get(key) ?? null, childPath(path, key), found);
  }
  return found;
}

/// The rows in sight: every child of an open branch, up to the number of children asked for there.
export function rowsOf(
  tree: Json,
  open: ReadonlySet<string>,
  shown: ReadonlyMap<string, number>,
  pageSize: number,
  rootKey: string,
): TreeRow[] {
  const rows: TreeRow[] = [];
  add("/", rootKey, 0, tree);
  return rows;

  function add(path: string, key: string, depth: number, value: Json): void {
    const children = isBranch(value) ? entries(value) : [];
    const isOpen = open.has(path) && children.length > 0;
    rows.push({ path, key, depth, value, childCount: children.length, isOpen });
    if (!isOpen) return;
    const limit = shown.get(path) ?? pageSize;
    const sorted = children.length > 1 ? children.sort(([a], [b]) => compareKeys(a, b)) : children;
    for (const [childKey, child] of sorted.slice(0, limit))
      add(childPath(path, childKey), childKey, depth + 1, child);
    const more = children.length - limit;
    if (more > 0)
      rows.push({ path, key: "", depth: depth + 1, value: null, childCount: 0, isOpen: false, more });
  }
}

/// RTDB: keys that look like 32-bit integers first and by number, then the others by UTF-16 code unit.
export function compareKeys(a: string, b: string): number {
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x !== null && y !== null) return x - y || a.length - b.length;
  if (x !== null || y !== null) return x !== null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/// Why a key cannot be a child's, in English, or null when it can.
export function keyFault(key: string): string | null {
  if (key === "") return "A key must not be empty.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RTDB forbids exactly these
  if (/[.#$[\]/\u0000-\u001f\u007f]/.test(key))
    return "A key must not contain . # $ [ ] / or control characters.";
  return new TextEncoder().encode(key).length > 768 ? "A key must not be longer than 768 bytes." : null;
}

function integerOf(key: string): number | null {
  if (!/^-?0*\d{1,10}$/.test(key)) return null;
  const value = Number(key);
  return value >= -2147483648 && value <= 2147483647 ? value : null;
}

function entries(branch: Json[] | { [key: string]: Json }): [string, Json][] {
  return Object.entries(branch).filter(([, value]) => value !== null);
}
