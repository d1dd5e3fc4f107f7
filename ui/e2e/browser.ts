/// One headless Chromium and one page of it; every picture taken is kept and its page checked with axe.
import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

const pictures = "target/screenshots";
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  // Maps are drawn with WebGL, here without a graphics card.
  "--enable-unsafe-swiftshader",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const looks = {
  light: { viewport: { width: 1280, height: 860 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true },
} as const;
export type Look = keyof typeof looks;

export const url = required("MILLRACE_URL");
export const realtimeUrl = required("MILLRACE_REALTIME_URL");

export async function launch(): Promise<Browser> {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: flags,
  });
}

/// What the page complained about since it was opened: errors in its console and requests to elsewhere.
export interface Watched {
  page: Page;
  complaints: string[];
}

export async function open(browser: Browser, look: Look): Promise<Watched> {
  const context = await browser.newContext({ ...looks[look], baseURL: url, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    const isOurs = [new URL(url).origin, new URL(realtimeUrl).origin].includes(origin);
    if (protocol.startsWith("http") && !isOurs) complaints.push(`asked ${request.url()}`);
  });
  return { page, complaints };
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(username);
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
}

/// A call of the public API as the demo's tenant administrator, as any program would make it.
export async function api(method: string, path: string, body?: unknown): Promise<unknown> {
  token ??= await call("POST", "/api/auth/login", {
    username: "tenant@thingsboard.org",
    password: "tenant",
  }).then((login) => (login as { token: string }).token);
  return call(method, path, body, { "X-Authorization": `Bearer ${token}` });
}

let token: string | null = null;

async function call(method: string, path: string, body: unknown, headers = {}): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, `${method} ${path}: ${response.status} ${text}`).toBe(true);
  return text === "" ? undefined : JSON.parse(text);
}

/// Keeps a picture and expects that axe has nothing to say against WCAG 2.2 A and AA.
export async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/${name}.png` });
  const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name} to the address of a running "millrace demo".`);
  return value.replace(/\/$/, "");
}
