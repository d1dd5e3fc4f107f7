/// What a newcomer sees of a running demo: from signing in to the realtime tree, with the simulated DHT11.
import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, look, open, realtimeUrl, signIn } from "./browser";

const device = "DHT11 Demo Device";
const database = "module24project-default-rtdb";
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

test("a wrong password is refused in words", async () => {
  const { page } = await open(browser);
  await page.goto("/login");
  await page.getByText("This is a demo").waitFor();
  await page.getByLabel("E-mail").fill("tenant@thingsboard.org");
  await page.getByLabel("Password").first().fill("wrong");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("do not match").waitFor();
  await look(page, "sign-in-refused");
  await page.context().close();
});

test("a page that needs signing in leads to the door and back", async () => {
  const { page } = await open(browser);
  await page.goto("/ruleChains");
  await page.getByRole("button", { name: "Sign in to the demo" }).click();
  await page.getByRole("heading", { name: "Rule chains", level: 1 }).waitFor();
  await page.context().close();
});

test("a lost connection is shown, comes back by itself, and values go on", async () => {
  const { page } = await open(browser);
  const sockets: WebSocketRoute[] = [];
  let isDown = false;
  await page.routeWebSocket(/\/api\/ws$/, (socket) => {
    if (isDown) return void socket.close();
    socket.connectToServer();
    sockets.push(socket);
  });
  await signIn(page, "tenant@thingsboard.org", "tenant");
  await openDevice(page);
  await page.getByTestId("value-card temperature").locator("time").waitFor();
  isDown = true;
  await sockets.at(-1)?.close();
  await page.getByRole("status").getByText("Reconnecting in").waitFor();
  await look(page, "connection-lost");
  const before = await newestTime(page);
  isDown = false;
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  await expect.poll(() => newestTime(page), { timeout: 15_000 }).not.toBe(before);
  await page.context().close();
});

test("right to left every text is translated and nothing overflows", async () => {
  const { page } = await open(browser);
  await page.goto("/login");
  await page.evaluate(() => localStorage.setItem("millrace.language", "ar-XB"));
  await page.reload();
  await page.getByRole("button", { name: "⟦Sign in to the demo⟧" }).click();
  await page.waitForURL("**/");
  for (const path of [
    "/",
    "/devices",
    "/alarms",
    "/ruleChains",
    "/realtime",
    "/explore",
    "/mqtt",
    "/streams",
    "/energy",
    "/simulator",
    "/users",
  ]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1, name: /^⟦.+⟧$/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(overflow), path).toBe(0);
    await look(page, `right-to-left${path.replaceAll("/", "-")}`, 1);
  }
  await page.context().close();
});

describe("a person at a desk", () => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("home counts the devices", async () => {
    await page.getByRole("link", { name: "DHT11 Demo Device" }).first().waitFor();
    await look(page, "home");
  });

  test("devices are listed and found by name", async () => {
    await page.goto("/devices");
    await page.getByRole("link", { name: "Test Device A1" }).waitFor();
    await look(page, "devices");
    await page.getByLabel("Find a device by name, type or label").fill("DHT11");
    await page.getByRole("link", { name: "Test Device A1" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: device }).click();
    await page.getByRole("heading", { name: device, level: 1 }).waitFor();
  });

  test("the device's values arrive live", async () => {
    const card = page.getByTestId("value-card temperature");
    await card.getByText(/^-?\d+(\.\d+)?$/).waitFor();
    await page
      .getByTestId("value-card humidity")
      .getByText(/^\d+(\.\d+)?$/)
      .waitFor();
    await page.getByRole("img", { name: /Chart of/ }).waitFor();
    const before = await newestTime(page);
    await expect.poll(() => newestTime(page), { timeout: 15_000 }).not.toBe(before);
    await look(page, "device");
  });

  test("an alarm is there with its state", async () => {
    await page.getByRole("tab", { name: /Alarms/ }).click();
    await page
      .getByText(/^(Active|Cleared), /)
      .first()
      .waitFor({ timeout: 30_000 });
    await look(page, "device-alarms");
    await page.goto("/alarms?show=any");
    await page.getByRole("link", { name: device }).first().waitFor();
    await look(page, "alarms");
  });

  test("attributes and the way to connect are shown", async () => {
    await openDevice(page);
    await page.getByRole("tab", { name: "Attributes" }).click();
    await page.getByRole("heading", { name: "Server attributes" }).waitFor();
    await look(page, "device-attributes");
    await page.getByRole("tab", { name: "Connect" }).click();
    await page.getByText("DHT11_DEMO_TOKEN").first().waitFor();
    await page.getByText("Connected: the last message came").waitFor();
    await look(page, "device-connect");
  });

  test("the realtime tree shows the rule chain's writes as they happen", async () => {
    await page.goto("/realtime");
    await page.getByRole("link", { name: database }).click();
    await page.getByText("Live", { exact: true }).first().waitFor();
    await page
      .getByRole("row", { name: /^temperature/ })
      .first()
      .waitFor({ timeout: 30_000 });
    await look(page, "realtime");
  });

  test("a value written by REST appears in the tree, is edited there, and is deleted with a way back", async () => {
    const key = `e2e-desk`;
    await page.goto(`/realtime/${database}`);
    await page
      .getByRole("row", { name: /^temperature/ })
      .first()
      .waitFor();
    await write(`/${key}.json`, 1);
    const row = page.getByRole("row", { name: new RegExp(`^${key}`) });
    await row.getByText("1", { exact: true }).click();
    await page.getByLabel(`New value of ${key}`).fill("2");
    await page.keyboard.press("Enter");
    await expect.poll(() => read(`/${key}.json`)).toBe(2);
    await row.getByText("2", { exact: true }).waitFor();
    await row.focus();
    await page.keyboard.press("Delete");
    await row.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await row.waitFor();
    await write(`/${key}.json`, null);
  });

  test("the command palette leads to a device by keyboard", async () => {
    await page.goto("/");
    await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Search or jump to…" }).fill("A1");
    await page.getByRole("button", { name: /Test Device A1/ }).waitFor();
    await look(page, "palette");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Test Device A1", level: 1 }).waitFor();
  });

  test("nothing was asked from elsewhere and nothing broke", () => {
    expect(complaints).toEqual([]);
  });
});

async function openDevice(page: Page): Promise<void> {
  await page.goto("/devices?q=DHT11");
  await page.getByRole("link", { name: device }).click();
  await page.getByRole("heading", { name: device, level: 1 }).waitFor();
}

async function newestTime(page: Page): Promise<string | null> {
  return page.getByTestId("value-card temperature").locator("time").getAttribute("datetime");
}

async function write(path: string, value: unknown): Promise<void> {
  const response = await fetch(`${realtimeUrl}${path}?ns=${database}`, {
    method: "PUT",
    body: JSON.stringify(value),
  });
  expect(response.status).toBe(200);
}

async function read(path: string): Promise<unknown> {
  return (await fetch(`${realtimeUrl}${path}?ns=${database}`)).json();
}
