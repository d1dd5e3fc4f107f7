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

const desk = { width: 1280, height: 860 };
/// How people see a page; the tests walk in the first one.
const looks = [
  { name: "light", viewport: desk, colorScheme: "light" },
  { name: "dark", viewport: desk, colorScheme: "dark" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light" },
] as const;

export const url = required("MILLRACE_URL");
export const realtimeUrl = required("MILLRACE_REALTIME_URL");

export async function launch(): Promise<Browser> {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: flags,
  });
}

/// Every page of this run that may still be open.
export const opened: Page[] = [];

/// What the page complained about since it was opened: errors in its console and requests to elsewhere.
export interface Watched {
  page: Page;
  complaints: string[];
}

export async function open(browser: Browser): Promise<Watched> {
  const context = await browser.newContext({
    viewport: desk,
    colorScheme: "light",
    reducedMotion: "reduce",
    baseURL: url,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(Number(process.env.E2E_TIMEOUT_MS ?? 30_000));
  const page = await context.newPage();
  const complaints: string[] = [];
  opened.push(page);
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
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

/// Keeps a picture of the page as it stands now in each look, and expects that axe has nothing to say against
/// WCAG 2.2 A and AA, nor that the page is wider than the window.
export async function look(page: Page, name: string, lookCount: number = looks.length): Promise<void> {
  for (const { name: lookName, viewport, colorScheme } of looks.slice(0, lookCount)) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.evaluate(settled);
    await page.screenshot({ path: `${pictures}/${name}-${lookName}.png` });
    const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
    const { violations } = await axe.analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
    expect(found, `${name} in ${lookName}`).toEqual([]);
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(overflow), `${name} in ${lookName} is wider than the window`).toBeLessThan(2);
  }
  await page.emulateMedia({ colorScheme: looks[0].colorScheme });
  await page.setViewportSize(desk);
  await page.evaluate(settled);
}

/// Two frames: the first lays out anew, the second has drawn it.
function settled(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name} to the address of a running "millrace demo".`);
  return value.replace(/\/$/, "");
}
