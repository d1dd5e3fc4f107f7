// Measures the Streams pages in headless Chromium against a running demo with Kafka, and prints the figures:
//   MILLRACE_URL=http://localhost:8080 node scripts/bars.mjs [seconds]
// The tail at 5,000 records/s arriving must stay at 60 frames/s, and 10,000 moving markers above 50.
import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { chromium } from "playwright-core";

const url = (process.env.MILLRACE_URL ?? "http://localhost:8080").replace(/\/$/, "");
const seconds = Number(process.argv[2] ?? 10);
const tailRate = 5_000;
const vehicles = 10_000;
const batchesPerSecond = 20;
const topics = { tail: `bars-tail-${Date.now()}`, fleet: `bars-fleet-${Date.now()}` };

let token = null;
token = await signIn();
const { bootstrapServers } = await call("GET", "/api/kafka/health");
const kafka = new Kafka({ brokers: bootstrapServers.split(","), logLevel: logLevel.ERROR });
const producer = kafka.producer({ allowAutoTopicCreation: false });
await producer.connect();
for (const name of Object.values(topics)) await call("POST", "/api/kafka/topics", { name, partitions: 1 });
// Software drawing, as on a machine without a graphics card.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic"],
});
const results = [];
let ofEmptyPage = 60;
try {
  const page = await openedPage();
  const gaps = await sampled(await browser.newPage());
  ofEmptyPage = report("an empty page on this machine", gaps, 0).perSecond;
  results.push(await measureTail(page));
  results.push(await measureFleet(page));
} finally {
  await browser.close();
  await producer.disconnect();
  for (const name of Object.values(topics)) await call("DELETE", `/api/kafka/topics/${name}`);
}
process.exit(results.every(({ isMet }) => isMet) ? 0 : 1);

async function measureTail(page) {
  await page.goto(`/streams/topics/${topics.tail}?tab=live`);
  await page.getByTestId("stream-state").getByText("Live").waitFor();
  const load = producing(topics.tail, tailRate, (i) => ({
    key: `device-${i % 100}`,
    value: { temperature: 20 + (i % 50) / 10, humidity: 40 + (i % 30), sequence: i },
  }));
  await sleep(3_000);
  const frames = await sampled(page);
  const sent = await load.stop();
  await page
    .getByTestId("tail-figures")
    .getByText(new RegExp(`^${sent.toLocaleString("en")} records`))
    .waitFor({ timeout: 30_000 })
    .catch(() => {});
  const figures = await page.getByTestId("tail-figures").textContent();
  console.log(`tail: ${load.perSecond()} records/s sent, ${sent} in all; the page says: ${figures}`);
  return report("tail", frames, 58);
}

async function measureFleet(page) {
  await page.goto(`/streams/topics/${topics.fleet}/consume?run=true`);
  await page.getByText("Live").waitFor();
  const fix = (i) => ({ key: `v${i % vehicles}`, value: placeOf(i % vehicles, Math.floor(i / vehicles)) });
  // At first no faster than a live view is sent, so that none of the vehicles is left out.
  const arrival = producing(topics.fleet, 900, fix);
  await page.getByTestId("vehicle-count").getByText("10,000 vehicles").waitFor({ timeout: 90_000 });
  await arrival.stop();
  const load = producing(topics.fleet, 4_000, fix);
  await sleep(2_000);
  const frames = await sampled(page);
  await load.stop();
  console.log(`map: ${load.perSecond()} fixes/s sent for ${vehicles} markers`);
  return report("map", frames, 50);
}

function placeOf(vehicle, round) {
  const turn = vehicle + round * 0.15;
  return {
    longitude: (vehicle % 125) * 2.6 - 162 + Math.cos(turn),
    latitude: Math.floor(vehicle / 125) * 1.5 - 58 + Math.sin(turn),
  };
}

// The time of every frame for a while; a page that stutters has long ones.
function sampled(page) {
  return page.evaluate(
    (ms) =>
      new Promise((resolve) => {
        const gaps = [];
        const begin = performance.now();
        let last = begin;
        const frame = (now) => {
          gaps.push(now - last);
          last = now;
          if (now - begin < ms) requestAnimationFrame(frame);
          else resolve(gaps.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    seconds * 1_000,
  );
}

// Met when the page keeps up with the bar, or with an empty page where the machine itself does not.
function report(name, gaps, least) {
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const perSecond = (gaps.length * 1_000) / total;
  const sorted = [...gaps].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))].toFixed(1);
  const isMet = perSecond >= Math.min(least, 0.97 * ofEmptyPage);
  const bar = least === 0 ? "" : ` (at least ${least}: ${isMet ? "met" : "MISSED"})`;
  console.log(
    `${name}: ${perSecond.toFixed(1)} frames/s over ${(total / 1_000).toFixed(1)} s${bar}; ` +
      `frame p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
  );
  return { perSecond, isMet };
}

// Appends records at a rate with a real client, in batches, until stopped.
function producing(topic, perSecond, record) {
  let sent = 0;
  let isStopped = false;
  const began = performance.now();
  let took = 0;
  const done = (async () => {
    while (!isStopped) {
      const due = Math.floor(((performance.now() - began) / 1_000) * perSecond);
      const count = Math.min(due - sent, perSecond);
      if (count > 0) {
        const messages = Array.from({ length: count }, (_, i) => messageOf(record(sent + i)));
        await producer.send({ topic, messages });
        sent += count;
      }
      await sleep(1_000 / batchesPerSecond);
    }
    took = performance.now() - began;
  })();
  return {
    perSecond: () => Math.round((sent * 1_000) / took),
    stop: async () => {
      isStopped = true;
      await done;
      return sent;
    },
  };
}

function messageOf({ key, value }) {
  return { key, value: JSON.stringify(value) };
}

async function openedPage() {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByRole("button", { name: "Sign in to the demo" }).click();
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  return page;
}

async function signIn() {
  const { demoLogin } = await call("GET", "/api/millrace/info");
  if (!demoLogin) throw new Error(`${url} is not a demo; start one with: ./millrace demo`);
  return (await call("POST", "/api/auth/login", demoLogin)).token;
}

async function call(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers["X-Authorization"] = `Bearer ${token}`;
  const response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
