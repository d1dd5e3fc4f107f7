/// What differs between two JSON values, by path.
import type { Json } from "../api/types";

export interface Change {
  /// Empty for the value as a whole.
  path: string;
  before: Json | undefined;
  after: Json | undefined;
}

export function changesOf(before: Json, after: Json): Change[] {
  return below("", before, after);
}

function below(path: string, a: Json, b: Json): Change[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (!isBranch(a) || !isBranch(b)) return [{ path, before: a, after: b }];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => {
    const inner = path === "" ? key : `${path}.${key}`;
    const [one, other] = [childOf(a, key), childOf(b, key)];
    if (one === undefined || other === undefined)
      return one === other ? [] : [{ path: inner, before: one, after: other }];
    return below(inner, one, other);
  });
}

export function isBranch(value: Json): value is Json[] | { [key: string]: Json } {
  return typeof value === "object" && value !== null;
}

function childOf(value: Json, key: string): Json | undefined {
  return Object.hasOwn(value as object, key) ? (value as { [key: string]: Json })[key] : undefined;
}
