/// The realtime database, spoken to as any Firebase client does: REST for writing, an event stream for reading.
import { ApiError } from "./http";
import type { Json } from "./types";

export interface RealtimeEvent {
  kind: "put" | "patch";
  path: string;
  data: Json;
}

export type StreamState = "connecting" | "open" | "lost" | "refused";

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
  let response: Response;
  try {
    response = await fetch(`${url}&print=silent`, {
      method,
      body: value === undefined ? null : JSON.stringify(value),
    });
  } catch {
    throw new ApiError(0, "The realtime database does not answer. Check that its port can be reached.");
  }
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
}

/// Follows one path until the returned function is called; a lost stream is taken up again, and the first
/// event after that is the complete value.
export function follow(
  url: string,
  onEvent: (event: RealtimeEvent) => void,
  onState: (state: StreamState) => void,
): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(url);
    source.onopen = () => onState("open");
    for (const kind of ["put", "patch"] as const)
      source.addEventListener(kind, (event) => onEvent({ kind, ...JSON.parse(event.data) }));
    for (const kind of ["cancel", "auth_revoked"])
      source.addEventListener(kind, () => {
        source.close();
        onState("refused");
      });
    source.onerror = () => {
      onState("lost");
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs);
    };
  };
  onState("connecting");
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

async function errorText(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return String(JSON.parse(text).error);
  } catch {
    return text || `The realtime database answered with status ${response.status}.`;
  }
}
