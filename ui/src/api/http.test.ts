import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, freshToken, get, post, remove } from "./http";
import { expiresWithin, session } from "./session";

interface Sent {
  method: string;
  path: string;
  token: string | null;
  body: string | null;
}

let sent: Sent[];
let answer: (request: Sent) => Response | Promise<Response>;

beforeEach(() => {
  sent = [];
  answer = () => Response.json({});
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const request = {
      method: init.method ?? "GET",
      path,
      token: headers.get("X-Authorization"),
      body: (init.body as string | null) ?? null,
    };
    sent.push(request);
    return answer(request);
  });
  session.start({ token: tokenUntil(Date.now() + 600_000, "a"), refreshToken: "refresh-1" });
});

afterEach(() => {
  session.end();
  vi.unstubAllGlobals();
});

function tokenUntil(expiry: number, id: string): string {
  const claims = btoa(JSON.stringify({ exp: Math.floor(expiry / 1000), jti: id }));
  return `header.${claims}.signature`;
}

function renewing(good: string) {
  return (request: Sent) => {
    if (request.path === "/api/auth/token") return Response.json({ token: good, refreshToken: "refresh-2" });
    return request.token === `Bearer ${good}`
      ? Response.json({ ok: true })
      : Response.json({ status: 401, message: "Token has expired" }, { status: 401 });
  };
}

test("a call carries the token, and empty parameters are left out", async () => {
  await get("/api/tenant/devices", { pageSize: 10, textSearch: "", page: 0, sortOrder: undefined });
  expect(sent[0]?.path).toBe("/api/tenant/devices?pageSize=10&page=0");
  expect(sent[0]?.token).toBe(`Bearer ${session.tokens()?.token}`);
});

test("a token about to expire is renewed before the call", async () => {
  session.start({ token: tokenUntil(Date.now() + 5_000, "old"), refreshToken: "refresh-1" });
  const good = tokenUntil(Date.now() + 600_000, "new");
  answer = renewing(good);
  await get("/api/x");
  expect(sent.map((request) => request.path)).toEqual(["/api/auth/token", "/api/x"]);
  expect(sent[0]?.body).toBe('{"refreshToken":"refresh-1"}');
  expect(session.tokens()).toEqual({ token: good, refreshToken: "refresh-2" });
});

test("many calls with an expired token renew it once and all succeed", async () => {
  answer = renewing(tokenUntil(Date.now() + 600_000, "new"));
  const answers = await Promise.all([get("/api/a"), get("/api/b"), get("/api/c")]);
  expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
  expect(sent.filter((request) => request.path === "/api/auth/token")).toHaveLength(1);
});

test("a refresh token that is refused signs out", async () => {
  answer = () => Response.json({ message: "Token is outdated" }, { status: 401 });
  await expect(get("/api/x")).rejects.toThrow(ApiError);
  expect(session.isSignedIn()).toBe(false);
  await expect(freshToken()).rejects.toThrow("sign in again");
});

test("a server that is away does not sign out and says what to check", async () => {
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  const failure = await get("/api/x").catch((error: ApiError) => error);
  expect(failure).toMatchObject({ status: 0, message: expect.stringContaining("Check that it is running") });
  expect(session.isSignedIn()).toBe(true);
});

test.each([
  [404, '{"message":"Device is not found","errorCode":32}', "Device is not found"],
  [404, "<html>", "This does not exist, or no longer."],
  [403, "", "ask an administrator"],
  [502, "Bad gateway", "status 502"],
])("status %i with body %j is told as %j", async (status, body, message) => {
  answer = () => new Response(body, { status });
  await expect(remove("/api/device/1")).rejects.toThrow(message);
});

test("an answer without a body is nothing", async () => {
  answer = () => new Response("", { status: 200 });
  expect(await post("/api/alarm/1/ack")).toBeUndefined();
});

test("a token without an expiry never expires, and one in the past has", () => {
  expect(expiresWithin("no token at all", 1_000)).toBe(false);
  expect(expiresWithin(tokenUntil(500_000, "x"), 0, 600_000)).toBe(true);
});
