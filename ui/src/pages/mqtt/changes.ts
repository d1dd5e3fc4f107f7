/// What differs between two payloads, as far as a person wants to know: by path where both are JSON.
import type { Json } from "../../api/types";

export interface Change {
  /// Empty for the payload as a whole.
  path: string;
  before: Json | undefined;
  after: Json | undefined;
}

export function changesBetween(before: string, after: string): Change[] {
  if (before === after) return [];
  const [a, b] = [parsed(before), parsed(after)];
  if (isBranch(a) && isBranch(b)) return below("", a, b);
  return [{ path: "", before: a, after: b }];
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

/// The numbers in a payload by path; a payload that is a number has the path "".
export function numbersIn(payload: string): Map<string, number> {
  const found = new Map<string, number>();
  collect("", parsed(payload), found);
  return found;
}

function collect(path: string, value: Json, found: Map<string, number>): void {
  if (typeof value === "number") found.set(path, value);
  if (!isBranch(value)) return;
  for (const [key, child] of Object.entries(value))
    collect(path === "" ? key : `${path}.${key}`, child, found);
}

/// JSON where it is JSON, otherwise the text.
export function parsed(payload: string): Json {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

function isBranch(value: Json): value is Json[] | { [key: string]: Json } {
  return typeof value === "object" && value !== null;
}

function childOf(value: Json, key: string): Json | undefined {
  return Object.hasOwn(value as object, key) ? (value as { [key: string]: Json })[key] : undefined;
}
