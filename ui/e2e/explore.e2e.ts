/// Ad-hoc charts over the demo's devices: from a device to a chart, its figures and a file.
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, look, open, signIn } from "./browser";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

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

  test("a device's values are explored from its page", async () => {
    await page.goto("/devices?q=DHT11");
    await page.getByRole("link", { name: "DHT11 Demo Device" }).click();
    await page.getByRole("main").getByRole("link", { name: "Explore" }).click();
    await page.getByRole("heading", { name: "Explore", level: 1 }).waitFor();
    await page.getByRole("img", { name: /DHT11 Demo Device · temperature/ }).waitFor();
    await page.getByText("15m", { exact: true }).click();
    await page.getByRole("listitem").filter({ hasText: "DHT11 Demo Device · humidity" }).waitFor();
    await look(page, "explore");
  });

  test("averages are shown, a series is taken out and put back", async () => {
    await page.getByLabel("Show", { exact: true }).selectOption("Average");
    await page.getByLabel("For each").selectOption("Hour");
    expect(page.url()).toContain("every=HOUR");
    await page.getByRole("button", { name: "Remove DHT11 Demo Device · humidity" }).click();
    await page.getByRole("img", { name: /humidity/ }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("img", { name: /humidity/ }).waitFor();
  });

  test("what is shown is saved as a file", async () => {
    await page.getByLabel("Show", { exact: true }).selectOption("Every value");
    await page.getByRole("img", { name: /temperature/ }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as CSV" }).click(),
    ]);
    const lines = readFileSync(await file.path(), "utf8").split("\r\n");
    expect(lines[0]).toMatch(/^time,DHT11 Demo Device · /);
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,-?\d/);
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});
