/// Rule chains on a running demo: looked at while messages pass, made anew, changed, and given away.
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, launch, look, open, signIn } from "./browser";

interface Metadata {
  firstNodeIndex: number;
  nodes: { name: string; type: string; configuration: Record<string, unknown> }[];
  connections: { fromIndex: number; toIndex: number; type: string }[];
}

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

describe("rule chains", () => {
  let page: Page;
  let complaints: string[];
  const name = `Made by hand ${Date.now() % 1_000_000}`;

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("a chain shows what passes, and a node its script and its last messages", async () => {
    await page.goto("/ruleChains");
    await page.getByRole("link", { name: "CreateAndClearAlarms" }).waitFor();
    await look(page, "rule-chains");
    await page.getByRole("link", { name: "CreateAndClearAlarms" }).click();
    const filter = node(page, "script: MaxTemp");
    await filter.getByText(/\/s · \d+ µs/).waitFor({ timeout: 30_000 });
    await page
      .getByText(/^True \d/)
      .first()
      .waitFor();
    await look(page, "rule-chain");
    await filter.click();
    const script = page.getByRole("textbox", { name: /script$/ });
    expect(await script.textContent()).toContain("msg.temperature > 20");
    await look(page, "rule-node");
    await page.getByRole("tab", { name: "Last messages" }).click();
    await page.getByRole("region", { name: "Last messages" }).locator("summary").first().click();
    await page
      .getByText(/It went on unchanged|What this node changed/)
      .first()
      .waitFor();
    await look(page, "rule-messages");
  });

  test("a script is tried on a recorded message before it is saved", async () => {
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Enlarge and try" }).click();
    const bench = page.getByRole("group", { name: "Try the script" });
    await bench.getByLabel("msg", { exact: true }).fill('{"temperature": 21}');
    await bench.getByRole("button", { name: "Run" }).click();
    await page.getByTestId("script-result").getByText("true").waitFor();
    const code = page.getByRole("dialog").getByRole("textbox", { name: /script$/ });
    await code.fill("return msg.temperature > 20 && meta");
    await page.keyboard.press("Control+Space");
    await page.getByRole("option", { name: "metadata.deviceName" }).waitFor();
    await look(page, "rule-script");
    await page.getByRole("option", { name: "metadata.deviceName" }).click();
    await bench.getByRole("button", { name: "Run" }).click();
    await code.fill("return msg.(;");
    await bench.getByRole("button", { name: "Run" }).click();
    await page.getByText("The script failed").waitFor();
    await page.getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("status").getByText("Not saved yet").waitFor({ state: "detached" });
  });

  test("a chain is made by keyboard alone", async () => {
    await page.goto("/ruleChains");
    await page.getByRole("button", { name: "New chain" }).press("Enter");
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await page.getByText("Empty: add the first node").waitFor();
    await page.getByRole("button", { name: "Add a node" }).press("Enter");
    await page.getByLabel("Find a kind of node").fill("message type");
    await look(page, "rule-palette");
    await page.getByRole("button", { name: "message type switch" }).press("Enter");
    await node(page, "message type switch: message type switch").waitFor();
    await page.getByLabel("Find a kind of node").fill("transformation");
    await page.getByRole("button", { name: "script transformation" }).press("Enter");
    const settings = page.getByRole("complementary", { name: /^Settings of/ });
    await settings.getByRole("textbox", { name: "Name" }).fill("Double");
    await settings
      .getByRole("textbox", { name: /script$/ })
      .fill("return {msg: {twice: msg.temperature * 2}, metadata: metadata, msgType: msgType};");
    await page.getByLabel("Find a kind of node").fill("time series");
    await page.getByRole("button", { name: "save time series" }).press("Enter");
    await page.getByRole("button", { name: "Close the palette" }).press("Enter");
    await look(page, "rule-edited");
    await page.keyboard.press("Control+s");
    await page.getByRole("status").getByText("Not saved yet").waitFor({ state: "detached" });
    const { nodes, connections, firstNodeIndex } = await saved();
    expect(nodes.map((each) => each.name)).toEqual(["message type switch", "Double", "save time series"]);
    expect(connections).toEqual([
      { fromIndex: 0, toIndex: 1, type: "Post attributes" },
      { fromIndex: 1, toIndex: 2, type: "Success" },
    ]);
    expect(firstNodeIndex).toBe(0);
    expect(nodes[1]?.configuration.jsScript).toContain("twice");
  });

  test("a connection gets other names; undo takes them back", async () => {
    await page.getByRole("group", { name: "message type switch → Double: Post attributes" }).focus();
    await page.keyboard.press("Enter");
    const labels = page.getByRole("complementary", { name: "Connection" });
    await labels.getByText("Post telemetry", { exact: true }).click();
    await labels.getByText("Post attributes", { exact: true }).click();
    await look(page, "rule-connection");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("status").getByText("Not saved yet").waitFor({ state: "detached" });
    expect((await saved()).connections).toContainEqual({ fromIndex: 0, toIndex: 1, type: "Post telemetry" });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("group", { name: "message type switch → Double: Post attributes" }).waitFor();
    await page.getByRole("button", { name: "Redo" }).click();
    await page.getByRole("button", { name: "Redo" }).click();
    await page.getByRole("status").getByText("Not saved yet").waitFor({ state: "detached" });
  });

  test("a node is dragged, connected by mouse, copied, pasted and deleted", async () => {
    const double = node(page, "script: Double");
    const before = await double.boundingBox();
    await double.hover();
    await page.mouse.down();
    await page.mouse.move((before?.x ?? 0) + 90, (before?.y ?? 0) + 120, { steps: 6 });
    await page.mouse.up();
    await expect
      .poll(async () => (await double.boundingBox())?.y ?? 0)
      .toBeGreaterThan((before?.y ?? 0) + 50);
    await double.click();
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    await expect.poll(() => double.count()).toBe(2);
    const save = node(page, "save time series: save time series");
    const source = double.last().locator(".react-flow__handle-right");
    await source.dragTo(save.locator(".react-flow__handle-left"));
    await page.getByRole("group", { name: "Double → save time series: Success" }).nth(1).waitFor();
    await page.getByRole("button", { name: "Arrange" }).click();
    await double.last().click();
    await page.keyboard.press("Delete");
    await expect.poll(() => double.count()).toBe(1);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("status").getByText("Not saved yet").waitFor({ state: "detached" });
  });

  test("what is not saved is still there after looking elsewhere; a mistake is named", async () => {
    await node(page, "save time series: save time series").click();
    const settings = page.getByRole("complementary", { name: /^Settings of/ });
    await settings.getByRole("textbox", { name: "Default ttl" }).waitFor({ state: "detached" });
    await settings.getByLabel("Default ttl").fill("3600");
    await page.getByRole("link", { name: "Alarms" }).click();
    await page.getByRole("heading", { name: "Alarms", level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole("status").getByText("Not saved yet").waitFor();
    await node(page, "script: Double").click();
    await settings.getByRole("textbox", { name: /script$/ }).fill("return {;");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("alert").getByText("Double").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("status").getByText("Not saved yet").waitFor({ state: "detached" });
    expect((await saved()).nodes[2]?.configuration.defaultTTL).toBe(3600);
  });

  test("a chain is exported, imported by pasting, and deleted with a way back", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click(),
    ]);
    const text = readFileSync(await file.path(), "utf8").replaceAll(name, `${name} again`);
    await page.goto("/ruleChains");
    await page.getByRole("button", { name: "Import a chain" }).click();
    await page.getByLabel("Or paste an export").fill("no chain");
    await page.getByRole("button", { name: "Import the text" }).click();
    await page.getByRole("alert").getByText("This is not JSON").waitFor();
    await look(page, "rule-import");
    await page.getByLabel("Or paste an export").fill(text);
    await page.getByRole("button", { name: "Import the text" }).click();
    await page.getByRole("heading", { name: `${name} again`, level: 1 }).waitFor();
    for (const each of [`${name} again`, name]) {
      await page.goto("/ruleChains");
      await page.getByRole("button", { name: `More for ${each}`, exact: true }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await page.getByRole("link", { name: each, exact: true }).waitFor({ state: "detached" });
    }
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));

  async function saved(): Promise<Metadata> {
    const id = new URL(page.url()).pathname.split("/").at(-1);
    return (await api("GET", `/api/ruleChain/${id}/metadata`)) as Metadata;
  }
});

function node(page: Page, label: string) {
  return page.getByRole("group", { name: label, exact: true });
}
