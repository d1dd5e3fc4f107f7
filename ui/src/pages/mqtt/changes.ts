/// What differs between two payloads, as far as a person wants to know: by path where both are JSON.
import type { Json } from "../../api/types";
import { type Change, changesOf, isBranch } from "../../text/changes";

export type { Change };

export function changesBetween(before: string, after: string): Change[] {
  if (before === after) return [];
  const [a, b] = [parsed(before), parsed(after)];
  if (isBranch(a) && isBranch(b)) return changesOf(a, b);
  return [{ path: "", before: a, after: b }];
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
