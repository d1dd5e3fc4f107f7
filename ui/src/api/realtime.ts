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

/// What is at a path now, as JSON.
export async function readValue(url: string): Promise<Json> {
  const response = await reach(await authorized(url));
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
  return response.json();
}

/// How much of a path can be shown: all of it live, a window of its children live, or only its keys.
export type Shape = "whole" | "window" | "keys";

const probe = "&print=silent&timeout=250ms";
const wholeChildrenMax = 2_000;

export async function shapeOf(url: string, window: string): Promise<Shape> {
  const few = await readValue(`${url}&shallow=true&limitToFirst=${wholeChildrenMax + 1}`);
  const isFew = typeof few !== "object" || few === null || Object.keys(few).length <= wholeChildrenMax;
  if (isFew && (await reach(await authorized(url + probe))).ok) return "whole";
  return (await reach(await authorized(url + window + probe))).ok ? "window" : "keys";
}

/// The parameters for one page of children in key order.
export function windowOf(after: string | null, prefix: string, size: number): string {
  const key = (text: string) => encodeURIComponent(JSON.stringify(text));
  const end = prefix ? `&endAt=${key(`${prefix}\uf8ff`)}` : "";
  if (after !== null) return `&orderBy=${key("$key")}&limitToFirst=${size}&startAfter=${key(after)}${end}`;
  const start = prefix ? `&startAt=${key(prefix)}` : "";
  return `&orderBy=${key("$key")}&limitToFirst=${size}${start}${end}`;
}

/// Where a whole path is exported, priorities included; the browser streams it into a file.
export async function exportUrl(url: string, fileName: string): Promise<string> {
  return authorized(`${url}&format=export&download=${encodeURIComponent(fileName)}`);
}

/// Replaces a path by the JSON of a file.
export async function importFile(url: string, file: File): Promise<void> {
  const target = `${await authorized(url)}&print=silent&writeSizeLimit=unlimited`;
  const response = await reach(target, { method: "PUT", body: file });
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
}

export interface RuleStep {
  path: string;
  kind: string;
  rule: string;
  line: number;
  result: boolean;
  error: string | null;
}

export interface Simulated {
  allowed: boolean;
  steps: RuleStep[];
}

export interface Usage {
  bytes: number;
  children: number;
  listeners: number;
  waitingWrites: number;
  /// How often each SDK has connected, by the name it gives itself.
  sdks: Record<string, number>;
  /// Large writes under way; `bytes` is -1 where the length is not known.
  imports: { path: string; bytesRead: number; bytes: number }[];
}

export interface PastWrite {
  id: number;
  at: number;
  by: string;
  /// Whether what it replaced is kept, and so can be set back.
  known: boolean;
  before: Json;
  after: Json;
}

function settingsUrl(origin: string, database: string, name: string): string {
  return `${origin}/.settings/${name}.json?ns=${encodeURIComponent(database)}`;
}

export const readUsage = (origin: string, database: string) =>
  readValue(settingsUrl(origin, database, "usage")) as unknown as Promise<Usage>;

/// The security rules as they were written, with comments.
export async function readRules(origin: string, database: string): Promise<string> {
  const response = await reach(await authorized(settingsUrl(origin, database, "rules")));
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
  return response.text();
}

export async function writeRules(origin: string, database: string, rules: string): Promise<void> {
  const url = await authorized(settingsUrl(origin, database, "rules"));
  const response = await reach(url, { method: "PUT", body: rules });
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
}

/// The writes that changed a path, the latest first.
export const readHistory = (origin: string, database: string, path: string, before?: number) =>
  readValue(
    `${settingsUrl(origin, database, "history")}&path=${encodeURIComponent(path)}${
      before === undefined ? "" : `&before=${before}`
    }`,
  ) as unknown as Promise<PastWrite[]>;

/// Sets a path to what it was right before a write.
export async function undoWrite(origin: string, database: string, path: string, id: number): Promise<void> {
  const url = await authorized(settingsUrl(origin, database, "undo"));
  const response = await reach(url, { method: "POST", body: JSON.stringify({ path, id }) });
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
}

/// Which devices' latest values and attributes stand where in the tree.
export interface MirrorRule {
  tenant?: string;
  profile?: string;
  latest?: string;
  attributes?: string;
  both?: boolean;
}

/// Lists that forget their oldest children.
export interface KeepRule {
  path: string;
  last?: number;
  maxAgeSeconds?: number;
}

export const readSetting = <T>(origin: string, database: string, name: "mirror" | "keep") =>
  readValue(settingsUrl(origin, database, name)) as unknown as Promise<T[]>;

export const writeSetting = (origin: string, database: string, name: "mirror" | "keep", rules: unknown[]) =>
  write("PUT", settingsUrl(origin, database, name), rules as Json);

/// What a person looks for among the children of a node.
export interface Filter {
  orderBy: string;
  operator: "any" | "equalTo" | "startAt" | "endAt";
  value: Json;
  limit: number;
  isLast: boolean;
}

/// The parameters of a filter, as the REST API takes them.
export function filterOf({ orderBy, operator, value, limit, isLast }: Filter): string {
  const json = (part: Json) => encodeURIComponent(JSON.stringify(part));
  const bound = operator === "any" ? "" : `&${operator}=${json(orderBy === "$key" ? String(value) : value)}`;
  return `&orderBy=${json(orderBy)}${bound}&${isLast ? "limitToLast" : "limitToFirst"}=${limit}`;
}

/// Tries a read or write with rules that need not be saved; nothing is written.
export async function simulate(origin: string, database: string, asked: Json): Promise<Simulated> {
  const url = await authorized(settingsUrl(origin, database, "rules/simulate"));
  const response = await reach(url, { method: "POST", body: JSON.stringify(asked) });
  if (!response.ok) throw new ApiError(response.status, await errorText(response));
  return response.json();
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
