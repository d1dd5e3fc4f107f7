/// One door to the REST API: adds the token, renews it once when it has expired, and turns every
/// failure into an ApiError that a person can act on.
import { expiresWithin, session, type Tokens } from "./session";

export class ApiError extends Error {
  constructor(
    /// HTTP status, or 0 when the server could not be reached.
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

type Parameters = Record<string, string | number | boolean | undefined>;

export const get = <T>(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<T> =>
  call<T>("GET", withQuery(path, parameters), undefined, signal);

export const post = <T>(path: string, body?: unknown): Promise<T> => call<T>("POST", path, body);

export const put = <T>(path: string, body?: unknown): Promise<T> => call<T>("PUT", path, body);

export const remove = (path: string, parameters?: Parameters): Promise<void> =>
  call<void>("DELETE", withQuery(path, parameters));

/// A call without a token, as signing in needs it.
export const postPublic = <T>(path: string, body: unknown): Promise<T> => send<T>("POST", path, body, null);
export const getPublic = <T>(path: string): Promise<T> => send<T>("GET", path, undefined, null);

/// An access token that is good for at least half a minute more.
export async function freshToken(): Promise<string> {
  const tokens = session.tokens();
  if (!tokens) throw new ApiError(401, "You are signed out; sign in again.");
  return expiresWithin(tokens.token, 30_000) ? (await renew(tokens)).token : tokens.token;
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const token = await freshToken();
  try {
    return await send<T>(method, path, body, token, signal);
  } catch (failure) {
    const tokens = session.tokens();
    if (!(failure instanceof ApiError) || failure.status !== 401 || !tokens) throw failure;
    const renewed = tokens.token === token ? await renew(tokens) : tokens;
    return send<T>(method, path, body, renewed.token, signal);
  }
}

async function send<T>(
  method: string,
  path: string,
  body: unknown,
  token: string | null,
  signal?: AbortSignal,
): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers["X-Authorization"] = `Bearer ${token}`;
  const response = await reach(path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
  const text = await response.text();
  if (!response.ok) throw new ApiError(response.status, refusal(response.status, text));
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiError(0, "Millrace does not answer. Check that it is running and that the network is up.");
  }
}

let renewing: Promise<Tokens> | null = null;

/// One renewal at a time; whoever asks meanwhile waits for the same answer.
function renew(old: Tokens): Promise<Tokens> {
  renewing ??= postPublic<Tokens>("/api/auth/token", { refreshToken: old.refreshToken })
    .then((tokens) => {
      session.start(tokens);
      return tokens;
    })
    .catch((failure) => {
      if (failure instanceof ApiError && failure.status >= 400 && failure.status < 500) session.end();
      throw failure;
    })
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

function refusal(status: number, text: string): string {
  try {
    const { message } = JSON.parse(text);
    if (typeof message === "string" && message !== "") return message;
  } catch {
    // Not JSON: a proxy answered in the server's place.
  }
  if (status === 404) return "This does not exist, or no longer.";
  if (status === 403) return "Your account may not do this; ask an administrator.";
  return `The server answered with status ${status}; its log says why.`;
}

function withQuery(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== "") query.set(name, String(value));
  return query.size > 0 ? `${path}?${query}` : path;
}
