import type { Json } from "../api/types";

/// What a person typed as a value: JSON where it is JSON (21.5, true, null, {"a": 1}, "quoted"), otherwise text.
export function parseTyped(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
