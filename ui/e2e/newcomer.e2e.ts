/// A newcomer on a running demo, at the pace of a person: how long until the first own message is on the screen, and
/// until the first own dashboard.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api, launch, open, url } from "./browser";

/// Another each time: a step that is done once more finds no namesake.
const name = `My first sensor ${Date.now() % 100_000}`;
/// What a person takes to read, move a hand and type; said here, so that the test need not wait it out.
const secondsPerLook = 4;
const secondsPerPress = 2;
const secondsPerLetter = 0.25;
const firstMessageSecondsMax = 120;
const firstDashboardSecondsMax = 240;

let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launch();
  ({ page, complaints } = await open(browser));
});

afterAll(() => browser?.close());

test("a newcomer sees an own message within two minutes, and has an own dashboard within four", async () => {
  const began = performance.now();
  let human = 0;
  const looks = () => {
    human += secondsPerLook;
  };
  const press = async (label: string | RegExp, role: "button" | "link" = "button") => {
    await page.getByRole(role, { name: label }).first().click();
    human += secondsPerPress;
  };
  const seconds = () => human + (performance.now() - began) / 1_000;
  await page.goto("/");
  looks();
  await press("Sign in to the demo");
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  looks();
  await press("Connect a device", "link");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  human += name.length * secondsPerLetter;
  await press(/^Create$/);
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  looks();
  // Copies the line for curl and runs it in a terminal.
  const line = await page.locator("pre", { hasText: "curl -X POST" }).first().innerText();
  human += 3 * secondsPerLook;
  const token = /\/api\/v1\/([^/]+)\/telemetry/.exec(line)?.[1];
  expect(token, line).toBeTruthy();
  const sent = await fetch(`${url}/api/v1/${token}/telemetry`, {
    method: "POST",
    body: '{"temperature": 21.5}',
  });
  expect(sent.status).toBe(200);
  await page.getByText("Connected: the last message came").waitFor();
  const firstMessage = seconds();
  await page.getByRole("tab", { name: "Live" }).click();
  human += secondsPerPress;
  await page.getByTestId("value-card temperature").getByText("21.5").waitFor();
  looks();
  await press("Make a dashboard");
  await page.waitForURL(/\/dashboards\//);
  await page.getByRole("region", { name: "temperature" }).getByText("21.5").waitFor();
  const firstDashboard = seconds();
  console.log(`first message ${firstMessage.toFixed(0)} s, first dashboard ${firstDashboard.toFixed(0)} s`);
  expect(firstMessage).toBeLessThan(firstMessageSecondsMax);
  expect(firstDashboard).toBeLessThan(firstDashboardSecondsMax);
  await api("DELETE", `/api/dashboard/${new URL(page.url()).pathname.split("/").at(-1)}`);
  const { id } = (await api("GET", `/api/tenant/devices?deviceName=${encodeURIComponent(name)}`)) as {
    id: { id: string };
  };
  await api("DELETE", `/api/device/${id.id}`);
  expect(complaints).toEqual([]);
});
