/// The realtime database, spoken to as any Firebase client does: REST for writing, an event stream for reading.
import { ApiError, freshToken } from "./http";
import type { Json } from "./types";

export interface RealtimeEvent {
  kind: "put" | "patch";
  path: string;
  data: Json;
}

export type StreamState =
  | { phase: "connecting" }
  | { phase: "open" }
  | { phase: "lost" }
  | { phase: "refused"; reason: string };

const retryMs = 2_000;

/// The server's address as this browser reaches it: a server bound to loopback or to every address names
/// a host that only makes sense on its own machine.
export function realtimeOrigin(url: string, pageHost = location.hostname): string {
  const origin = new URL(url);
  if (/^(0\.0\.0\.0|localhost|127\..*|\[::1?\])$/.test(origin.hostname)) origin.hostname = pageHost;
  return origin.origin;
}

/// Where a path of a database is read and written.
export function pathUrl(origin: string, database: string, path: string): string {
  const encoded = path.split("/").filter(Boolean).map(encodeURIComponent).join("/");
  return `${origin}/${encoded}.json?ns=${encodeURIComponent(database)}`;
}

export const writeValue = (url: string, value: Json): Promise<void> => write("PUT", url, value);
export const deleteValue = (url: string): Promise<void> => write("DELETE", url);

async function write(method: string, url: string, value?: Json): Promise<void> {
  const body = value === undefined ? null : JSON.stringify(value);
  const response = await reach(`${await authorized(url)}&print=silent`, { method, body });
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
}

/// Firebase's way to say who asks; the database takes the platform's own tokens.
async function authorized(url: string): Promise<string> {
  return `${url}&auth=${await freshToken()}`;
}

async function reach(url: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new ApiError(0, "The realtime database does not answer. Check that its port can be reached.");
  }
}

/// Follows one path until the returned function is called; a lost stream is taken up again, and the first
/// event after that is the complete value.
export function follow(
  url: string,
  onEvent: (event: RealtimeEvent) => void,
  onState: (state: StreamState) => void,
): () => void {
  const stopped = new AbortController();
  void keepOpen(url, onEvent, (state) => stopped.signal.aborted || onState(state), stopped.signal);
  return () => stopped.abort();
}

async function keepOpen(
  url: string,
  onEvent: (event: RealtimeEvent) => void,
  onState: (state: StreamState) => void,
  stopped: AbortSignal,
): Promise<void> {
  onState({ phase: "connecting" });
  while (!stopped.aborted) {
    try {
      await streamOnce(await authorized(url), onEvent, onState, stopped);
      if (!stopped.aborted) onState(await afterwards(url));
    } catch {
      onState({ phase: "lost" });
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/// One connection, until it ends for whatever reason.
function streamOnce(
  url: string,
  onEvent: (event: RealtimeEvent) => void,
  onState: (state: StreamState) => void,
  stopped: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    const end = () => {
      source.close();
      resolve();
    };
    source.onopen = () => onState({ phase: "open" });
    for (const kind of ["put", "patch"] as const)
      source.addEventListener(kind, (event) => onEvent({ kind, ...JSON.parse(event.data) }));
    for (const kind of ["cancel", "auth_revoked"]) source.addEventListener(kind, end);
    source.onerror = end;
    stopped.addEventListener("abort", end);
  });
}

/// Why a stream ended: an EventSource does not tell, a plain read does.
async function afterwards(url: string): Promise<StreamState> {
  const response = await reach(`${await authorized(url)}&shallow=true`);
  return response.ok ? { phase: "lost" } : { phase: "refused", reason: await errorText(response) };
}

async function errorText(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return String(JSON.parse(text).error);
  } catch {
    return text || `The realtime database answered with status ${response.status}.`;
  }
}
