// Measures pages in headless Chromium against a running demo, and prints the figures:
//   MILLRACE_URL=http://localhost:8080 node scripts/pageBars.mjs [seconds]
// The first page must come in under 200 kB and be ready in 1.5 s; 20 live charts take less than 15 % of a core and
// keep no memory; a table of 10,000 rows scrolls above 50 frames/s, or as fast as an empty page can here.
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";

const url = (process.env.MILLRACE_URL ?? "http://localhost:8080").replace(/\/$/, "");
const seconds = Number(process.argv[2] ?? 20);
const charts = 20;
const rows = 10_000;
const firstPageBytesMax = 200_000;
const readyMsMax = 1_500;
const chartShareMax = 0.15;
const heapGrowthMax = 0.1;
const framesMin = 50;
const made = [];
let token = null;

const { demoLogin } = await call("GET", "/api/millrace/info");
if (!demoLogin) throw new Error(`${url} is not a demo; start one with: ./millrace demo`);
token = (await call("POST", "/api/auth/login", demoLogin)).token;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--js-flags=--expose-gc"],
});
const met = [];
try {
  met.push(await measureFirstPage());
  const page = await openedPage();
  met.push(await measureCharts(page));
  met.push(await measureTable(page));
} finally {
  await browser.close();
  for (const path of made) await call("DELETE", path);
}
process.exit(met.every(Boolean) ? 0 : 1);

async function measureFirstPage() {
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  const began = performance.now();
  await page.goto("/login", { waitUntil: "commit" });
  await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
  const readyMs = performance.now() - began;
  const kinds = await page.evaluate(() => {
    const found = { page: 0, scripts: 0, styles: 0, fonts: 0, answers: 0, other: 0 };
    const entries = [
      ...performance.getEntriesByType("navigation"),
      ...performance.getEntriesByType("resource"),
    ];
    for (const { name, entryType, encodedBodySize } of entries) {
      const { pathname } = new URL(name);
      const end = /\.\w+$/.exec(pathname)?.[0];
      const byEnd = { ".js": "scripts", ".css": "styles", ".woff2": "fonts" }[end] ?? "other";
      const kind = entryType === "navigation" ? "page" : pathname.startsWith("/api/") ? "answers" : byEnd;
      found[kind] += encodedBodySize;
    }
    return found;
  });
  const bytes = Object.values(kinds).reduce((sum, each) => sum + each, 0);
  await page.context().close();
  const isMet = bytes < firstPageBytesMax && readyMs < readyMsMax;
  console.log(
    `first page: ${(bytes / 1_000).toFixed(0)} kB, ready after ${readyMs.toFixed(0)} ms (${word(isMet)}): ` +
      Object.entries(kinds)
        .map(([kind, size]) => `${kind} ${(size / 1_000).toFixed(0)}`)
        .join(", "),
  );
  return isMet;
}

async function measureCharts(page) {
  const device = await call("POST", "/api/device", { name: `bars-${Date.now()}`, type: "default" });
  made.push(`/api/device/${device.id.id}`);
  const { credentialsId } = await call("GET", `/api/device/${device.id.id}/credentials`);
  const dashboard = await call("POST", "/api/dashboard", dashboardOf(device.id));
  made.unshift(`/api/dashboard/${dashboard.id.id}`);
  let isSending = true;
  const sending = (async () => {
    for (let i = 0; isSending; i++) {
      const values = Object.fromEntries(names().map((name, n) => [name, 20 + Math.sin((i + n) / 9)]));
      await call("POST", `/api/v1/${credentialsId}/telemetry`, values);
      await sleep(1_000);
    }
  })();
  await page.goto(`/dashboards/${dashboard.id.id}?window=5m`);
  await page
    .locator("canvas")
    .nth(charts - 1)
    .waitFor();
  await sleep(3_000);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const before = await measured(session);
  await sleep(seconds * 1_000);
  const after = await measured(session);
  isSending = false;
  await sending;
  const share = (after.busy - before.busy) / (after.at - before.at);
  const growth = after.heap / before.heap - 1;
  const isMet = share < chartShareMax && growth < heapGrowthMax;
  console.log(
    `${charts} live charts: ${(100 * share).toFixed(1)} % of a core, heap ${(before.heap / 1e6).toFixed(1)} MB ` +
      `then ${(after.heap / 1e6).toFixed(1)} MB after ${seconds} s (${word(isMet)})`,
  );
  return isMet;
}

async function measureTable(page) {
  const prefix = `bars-row-${Date.now()}`;
  const file = ["name,type", ...Array.from({ length: rows }, (_, i) => `${prefix}-${i},default`)].join("\n");
  const columns = [{ type: "NAME" }, { type: "TYPE" }];
  await call("POST", "/api/device/bulk_import", {
    file,
    mapping: { columns, delimiter: ",", header: true, update: false },
  });
  const { data } = await call("GET", `/api/tenant/devices?pageSize=10000&page=0&textSearch=${prefix}`);
  for (const { id } of data) made.push(`/api/device/${id.id}`);
  const empty = await frames(await browser.newPage(), async () => sleep(3_000));
  await page.goto(`/devices?q=${prefix}`);
  await page.getByRole("table", { name: "Devices" }).waitFor();
  // To the end of what is loaded, page after page, as somebody who looks through all of it.
  const perSecond = await frames(page, async () => {
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel(0, 900);
      await sleep(100);
    }
  });
  const isMet = perSecond >= Math.min(framesMin, 0.97 * empty);
  console.log(
    `${data.length} rows: ${perSecond.toFixed(1)} frames/s while scrolled, an empty page ${empty.toFixed(1)} (${word(isMet)})`,
  );
  return isMet;
}

async function frames(page, work) {
  await page.evaluate(() => {
    globalThis.frameCount = 0;
    globalThis.frameBegin = performance.now();
    const frame = () => {
      globalThis.frameCount++;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await work();
  return page.evaluate(() => (globalThis.frameCount * 1_000) / (performance.now() - globalThis.frameBegin));
}

async function measured(session) {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name) => metrics.find((each) => each.name === name).value;
  return { at: of("Timestamp"), busy: of("TaskDuration"), heap: of("JSHeapUsedSize") };
}

function names() {
  return Array.from({ length: charts }, (_, i) => `value${i}`);
}

function dashboardOf(deviceId) {
  const widgets = Object.fromEntries(
    names().map((name) => [
      name,
      {
        typeFullFqn: "millrace.time-series",
        type: "latest",
        config: {
          title: name,
          settings: {},
          datasources: [
            { type: "entity", entityAliasId: "d", dataKeys: [{ name, type: "timeseries", label: name }] },
          ],
        },
      },
    ]),
  );
  const cells = Object.fromEntries(
    names().map((name, i) => [name, { col: (i % 5) * 4, row: Math.floor(i / 5) * 4, sizeX: 4, sizeY: 4 }]),
  );
  const filter = { type: "singleEntity", singleEntity: deviceId };
  return {
    title: "Bars",
    configuration: {
      widgets,
      states: { default: { name: "Bars", root: true, layouts: { main: { widgets: cells } } } },
      entityAliases: { d: { id: "d", alias: "D", filter } },
    },
  };
}

async function openedPage() {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByRole("button", { name: "Sign in to the demo" }).click();
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  return page;
}

function word(isMet) {
  return isMet ? "met" : "MISSED";
}

async function call(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers["X-Authorization"] = `Bearer ${token}`;
  const response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
