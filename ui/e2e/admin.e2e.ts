/// The system itself, on a running demo.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, look, open, signIn } from "./browser";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

describe("an administrator", () => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("sees how the system does", async () => {
    await page.goto("/system");
    await page.getByText("Takes messages").waitFor();
    await page.getByText("Days left").waitFor();
    await page.getByLabel("Find a counter").fill("mqtt.packets_received");
    await page.getByRole("cell", { name: /^[\d,]+$/ }).waitFor();
    await look(page, "system");
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});
