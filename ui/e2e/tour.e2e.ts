/// README's tour of five minutes, step by step as a newcomer walks it. What steps 3 and 6 type in a
/// terminal goes by the public HTTP API here.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, launch, open, realtimeUrl, url } from "./browser";

const device = "DHT11 Demo Device";
const database = "module24project-default-rtdb";
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

describe("README's tour", () => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("1: open the page and sign in", async () => {
    await page.goto("/");
    await page.getByLabel("E-mail").fill("tenant@thingsboard.org");
    await page.getByLabel("Password").first().fill("tenant");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  });

  test("2: the sensor's values arrive, and one click makes a live dashboard", async () => {
    await page.getByRole("link", { name: "Devices", exact: true }).first().click();
    await page.getByRole("heading", { name: "Devices", level: 1 }).waitFor();
    await page.getByRole("link", { name: device }).click();
    const shown = page.getByTestId("value-card temperature").locator("time");
    await shown.waitFor();
    const before = await shown.getAttribute("datetime");
    await expect.poll(() => shown.getAttribute("datetime"), { timeout: 15_000 }).not.toBe(before);
    await page.getByTestId("value-card humidity").locator("time").waitFor();
    await page.getByRole("button", { name: "Make a dashboard" }).click();
    await page.waitForURL(/\/dashboards\//);
    await page.getByRole("region", { name: "temperature" }).first().waitFor();
    await api("DELETE", `/api/dashboard/${new URL(page.url()).pathname.split("/").at(-1)}`);
  });

  test("3: be the sensor yourself, too hot: an alarm is raised", async () => {
    const found = (await api("GET", `/api/tenant/devices?deviceName=${encodeURIComponent(device)}`)) as {
      id: { id: string };
    };
    const sent = await fetch(`${url}/api/v1/DHT11_DEMO_TOKEN/telemetry`, {
      method: "POST",
      body: JSON.stringify({ temperature: 31 }),
    });
    expect(sent.status).toBe(200);
    await page.goto(`/devices/${found.id.id}?tab=alarms`);
    await page
      .getByText(/^(Active|Cleared), /)
      .first()
      .waitFor();
  });

  test("4: the root rule chain decides, and readings are in the realtime database", async () => {
    await page.getByRole("link", { name: "Rule chains", exact: true }).first().click();
    await page.getByRole("link", { name: "Root Rule Chain" }).first().click();
    await page.getByText("CreateAndClearAlarms").first().waitFor();
    const reading = await fetch(`${realtimeUrl}/temperature.json?ns=${database}`);
    expect(reading.status).toBe(200);
    expect(await reading.json()).not.toBeNull();
  });

  test("5: vehicles drive on the map", async () => {
    await page.getByRole("link", { name: "Streams", exact: true }).first().click();
    await page.getByRole("link", { name: "vehicle-coordinates", exact: true }).click();
    await page.getByRole("link", { name: "Consume Vehicle Coordinates" }).click();
    await page.getByRole("button", { name: "Consume Vehicle Coordinates" }).click();
    await page.getByTestId("vehicle-count").getByText("30 vehicles").waitFor({ timeout: 60_000 });
  });

  test("6: readings as a live tree, and any topic of one's own", async () => {
    await page.getByRole("link", { name: "Realtime database", exact: true }).first().click();
    await page.getByRole("link", { name: database }).click();
    await page
      .getByRole("row", { name: /^temperature/ })
      .first()
      .waitFor();
    await api("POST", "/api/mqtt/publish", { topic: "hall/1", payload: "hello", payloadType: "text" });
    await page.goto("/mqtt");
    await page.getByLabel("Find a topic by a part of its name").fill("hall/1");
    await page.getByRole("button", { name: "hall/1", exact: true }).waitFor();
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});
