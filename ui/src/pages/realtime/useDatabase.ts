import { useEffect, useReducer, useState } from "react";
import { follow, pathUrl, type RealtimeEvent, type StreamState } from "../../api/realtime";
import type { Json } from "../../api/types";
import { applied, changes } from "./tree";

export interface LiveValue {
  /// Undefined until the first event.
  value: Json | undefined;
  /// Paths that the last event changed, for the eye to follow.
  changed: string[];
  kind: RealtimeEvent["kind"];
  /// Counts events, so that the same path may flash twice.
  version: number;
}

const nothing: LiveValue = { value: undefined, changed: [], kind: "put", version: 0 };

/// One path of a database, or a window of its children, kept up to date by its event stream.
export function useDatabase(
  origin: string,
  database: string,
  path: string,
  window = "",
): [LiveValue, StreamState] {
  const [state, setState] = useState<StreamState>({ phase: "connecting" });
  const [live, take] = useReducer(step, nothing);
  useEffect(() => {
    take(null);
    return follow(pathUrl(origin, database, path) + window, take, setState);
  }, [origin, database, path, window]);
  return [live, state];
}

function step(before: LiveValue, event: RealtimeEvent | null): LiveValue {
  if (event === null) return nothing;
  const value = applied(before.value ?? null, event);
  return {
    value,
    changed: before.value === undefined ? [] : changes(before.value, value),
    kind: event.kind,
    version: before.version + 1,
  };
}
