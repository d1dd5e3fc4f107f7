/// The realtime viewer's tabs on a running demo: what a person does besides looking at the tree.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, look, open, realtimeUrl, signIn } from "./browser";

const waiting = { timeout: 30_000 };
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

describe("a person at a desk", () => {
  let page: Page;
  let complaints: string[];
  const database = `tabs-${Date.now() % 1_000_000}`;

  const view = async (name: string) => {
    await page.getByRole("radiogroup", { name: "View" }).getByText(name, { exact: true }).click();
  };

  beforeAll(async () => {
    await write("/greenhouse.json", 1);
    await write("/greenhouse.json", 2);
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
    await page.goto(`/realtime/${database}?path=%2Fgreenhouse`);
    await page.getByText("Live", { exact: true }).waitFor();
  });

  afterAll(async () => {
    await page?.context().close();
  });

  const write = async (path: string, value: unknown) => {
    const body = JSON.stringify(value);
    const response = await fetch(`${realtimeUrl}${path}?ns=${database}`, { method: "PUT", body });
    expect(response.status).toBe(200);
  };
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${realtimeUrl}${path}?ns=${database}`)).json();

  const setting = async (name: string): Promise<unknown> =>
    (await fetch(`${realtimeUrl}/.settings/${name}.json?ns=${database}&access_token=owner`)).json();

  test("a write is undone from the history", async () => {
    await view("History");
    const writes = page.getByRole("list", { name: "Writes" }).getByRole("listitem");
    await writes.filter({ hasText: "1 \u2192 2" }).waitFor();
    await look(page, "realtime-history");
    await writes.filter({ hasText: "1 \u2192 2" }).getByRole("button", { name: "Undo" }).click();
    await writes.filter({ hasText: "2 \u2192 1" }).waitFor();
    expect(await read("/greenhouse.json")).toBe(1);
  });

  test("the rules as they stand in the editor are tried before they are saved", async () => {
    await view("Rules");
    await page
      .getByRole("textbox", { name: "Security rules" })
      .fill('{"rules": {"$any": {".read": "auth.uid === $any"}}}');
    await page.getByLabel("Path", { exact: true }).fill("/bob");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("status").getByText("Denied").waitFor();
    await page.getByLabel("Path", { exact: true }).fill("/ann");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("status").getByText("Allowed").waitFor();
    await look(page, "realtime-rules");
    await page.getByRole("textbox", { name: "Security rules" }).fill('{"rules": {".read": "auth.uid ==="}}');
    await page.getByRole("button", { name: "Save rules" }).click();
    await page.getByText(/line 1\b/).waitFor();
    await page
      .getByRole("textbox", { name: "Security rules" })
      .and(page.locator("[aria-invalid=true]"))
      .waitFor();
  });

  test("a mirror and a list that forgets are set, and hold", async () => {
    await view("Settings");
    await page.getByRole("button", { name: "Add a mirror" }).click();
    await page.getByLabel("Latest values at").fill("/mirrored/$name");
    await page.getByRole("button", { name: "Save mirrors" }).click();
    await expect.poll(() => read("/mirrored.json"), waiting).toHaveProperty("DHT11 Demo Device");
    await page.getByRole("button", { name: "Add a list" }).click();
    await page.getByLabel("Path of the list").fill("/short");
    await page.getByLabel("Last children kept").fill("2");
    await page.getByRole("button", { name: "Save lists" }).click();
    await expect.poll(() => setting("keep"), waiting).toEqual([{ path: "/short", last: 2 }]);
    await look(page, "realtime-settings");
    await write("/short.json", { a: 1, b: 2, c: 3 });
    await expect.poll(() => read("/short.json"), waiting).toEqual({ b: 2, c: 3 });
    await page.getByRole("button", { name: "Remove" }).first().click();
    await page.getByRole("button", { name: "Save mirrors" }).click();
    await expect.poll(() => setting("mirror"), waiting).toEqual([]);
  });

  test("a file is imported and exported again", async () => {
    await view("Data");
    page.once("dialog", (asked) => asked.accept());
    const chosen = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Import JSON" }).click();
    const buffer = Buffer.from('{"lettuce": 12}');
    await (await chosen).setFiles({ name: "greenhouse.json", mimeType: "application/json", buffer });
    await page.getByText("greenhouse.json is imported.").waitFor();
    await page.getByRole("row", { name: /^lettuce/ }).waitFor();
    await look(page, "realtime-imported");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export JSON" }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(`${database}-greenhouse.json`);
    const text = await (await download.createReadStream()).toArray();
    expect(JSON.parse(Buffer.concat(text).toString())).toEqual({ lettuce: 12 });
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});
