/// Kafka's pages on a running demo with its broker: what a person does with topics, records and vehicles.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, launch, look, open, signIn } from "./browser";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

describe("a person at a desk", () => {
  let page: Page;
  let complaints: string[];
  const topic = `vehicle-coordinates-desk-${Date.now() % 1_000_000}`;

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("Kafka is up, and a topic is created by hand", async () => {
    await page.goto("/streams");
    await page.getByText("Kafka is up").waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "Create a topic" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("not a name");
    await page.getByText("Only letters, digits").waitFor();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(topic);
    await page.getByRole("textbox", { name: "Configuration", exact: true }).fill("retention.ms=3600000");
    await look(page, "topic-create");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { name: topic, level: 1 }).waitFor();
    await page.getByText("No records yet").waitFor();
    await look(page, "topic-empty");
  });

  test("a record is written by hand and found again", async () => {
    await page.goto(`/streams/topics/${topic}?tab=produce`);
    await page.getByRole("textbox", { name: "Key", exact: true }).fill("bus-7");
    await page.getByRole("textbox", { name: "Value", exact: true }).fill('{"longitude": 51, ');
    await page.getByText("This is not JSON").waitFor();
    await page.getByRole("textbox", { name: "Value", exact: true }).fill('{"longitude": 51, "latitude": 35}');
    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByLabel("Header name").fill("source");
    await page.getByLabel("Header value").fill("by hand");
    await page.getByRole("button", { name: "Produce" }).click();
    await page.getByRole("link", { name: /Written as record 0/ }).click();
    await page.getByText("by hand").waitFor();
    await look(page, "topic-record");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("link", { name: /^\d\d:\d\d:\d\d/ }).waitFor();
    await page.getByLabel("Contains").fill("no such text");
    await page.getByRole("button", { name: "Search" }).last().click();
    await page.getByText("No record matches").waitFor();
    await page.goto(`/streams/topics/${topic}?contains=longitude`);
    await page.getByRole("link", { name: /^\d\d:\d\d:\d\d/ }).waitFor();
    await look(page, "topic-records");
  });

  test("the tail shows records as they come, and stands still when paused", async () => {
    await page.goto(`/streams/topics/${topic}?tab=live`);
    await page.getByTestId("stream-state").getByText("Live", { exact: true }).waitFor();
    await produce(topic, "bus-7", { longitude: 52, latitude: 35 });
    await page.getByRole("link", { name: /bus-7.*"longitude":52/ }).waitFor();
    await look(page, "topic-live");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByTestId("stream-state").getByText("Paused").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await produce(topic, "bus-7", { longitude: 53, latitude: 35 });
    await page.getByRole("link", { name: /"longitude":53/ }).waitFor();
  });

  test("one button consumes the topic, and each key is a marker on the map", async () => {
    await page.goto(`/streams/topics/${topic}/consume`);
    await page.getByRole("button", { name: /^Consume Vehicle Coordinates/ }).click();
    await page.getByText("Waiting for records").waitFor();
    await page.getByTestId("stream-state").getByText("Live", { exact: true }).waitFor();
    await produce(topic, "bus-7", { longitude: 51, latitude: 35 });
    await produce(topic, "bus-8", { longitude: 52, latitude: 36 });
    await produce(topic, null, { longitude: 50, latitude: 34 });
    await page.getByTestId("vehicle-count").getByText("3 vehicles").waitFor();
    await page.goto(`${page.url()}&vehicle=bus-7`);
    await page.getByTestId("stream-state").getByText("Live", { exact: true }).waitFor();
    await produce(topic, "bus-7", { longitude: 51, latitude: 35 });
    await page.getByText("35° N, 51° E").waitFor();
    await expect.poll(() => markerPixels(page), { timeout: 20_000 }).toBeGreaterThan(20);
    await look(page, "consume");
  });

  test("the demo's vehicles drive on the map", async () => {
    await page.goto("/streams/topics/vehicle-coordinates/consume");
    await page.getByRole("button", { name: "Consume Vehicle Coordinates" }).click();
    await page.getByTestId("vehicle-count").getByText("30 vehicles").waitFor({ timeout: 60_000 });
    await expect.poll(() => markerPixels(page), { timeout: 20_000 }).toBeGreaterThan(500);
    await look(page, "vehicles");
  });

  test("settings are changed with a way back, and deleting asks for the name", async () => {
    await page.goto(`/streams/topics/${topic}?tab=settings`);
    await page.getByText("3600000", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Edit retention.ms" }).click();
    await page.getByLabel("Value of retention.ms").fill("7200000");
    await page.keyboard.press("Enter");
    await page.getByText("7200000", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("3600000", { exact: true }).waitFor();
    await look(page, "topic-settings");
    const drop = page.getByRole("button", { name: "Delete", exact: true });
    expect(await drop.isDisabled()).toBe(true);
    await page.getByLabel("Name of the topic to delete").fill(topic);
    await drop.click();
    await page.getByRole("heading", { name: "Streams", level: 1 }).waitFor();
    await page.getByRole("link", { name: topic }).waitFor({ state: "detached" });
    await look(page, "streams");
  });

  test("a topic that is not there is said so", async () => {
    await page.goto("/streams/topics/no-such-topic");
    await page.getByRole("alert").getByText("no-such-topic").waitFor();
  });

  test("a consumer group is sent back to the first record, and deleted", async () => {
    const group = `readers-${topic}`;
    const read = `grouped-${topic}`;
    await api("POST", "/api/kafka/topics", { name: read, partitions: 1 });
    for (const value of [1, 2, 3]) await produce(read, "k", value);
    await api("POST", `/api/kafka/groups/${group}/offsets`, { topic: read, to: "latest" });
    await page.goto("/streams?tab=groups");
    await page.getByRole("tab", { name: "Consumer groups", selected: true }).waitFor();
    await look(page, "groups");
    await page.getByRole("link", { name: group }).click();
    await page.getByRole("heading", { name: group, level: 1 }).waitFor();
    const row = page.getByRole("row", { name: new RegExp(read) });
    await row.getByRole("cell", { name: "3", exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Reset offsets" }).click();
    await look(page, "group-reset");
    await page.getByRole("button", { name: "Reset", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => row.getByRole("cell").allTextContents()).toEqual([read, "0", "0", "3", "3"]);
    await look(page, "group");
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("tab", { name: "Consumer groups", selected: true }).waitFor();
    await page.getByRole("link", { name: group }).waitFor({ state: "detached" });
    await api("DELETE", `/api/kafka/topics/${read}`);
  });

  test("a topic gets more partitions", async () => {
    const wide = `wide-${topic}`;
    await api("POST", "/api/kafka/topics", { name: wide, partitions: 1 });
    await page.goto(`/streams/topics/${wide}?tab=settings`);
    await page.getByRole("button", { name: "Add partitions" }).click();
    await page.getByLabel("Partitions in all").fill("4");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("4 partitions", { exact: false }).first().waitFor();
    const rows = page.getByRole("table", { name: "Partitions" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(5);
    await api("DELETE", `/api/kafka/topics/${wide}`);
  });

  test("a source is added, changed and deleted, and says what it has read", async () => {
    const read = `sourced-${topic}`;
    await api("POST", "/api/kafka/topics", { name: read, partitions: 1 });
    await produce(read, `truck-desk`, { speed: 81 });
    await produce(read, null, { speed: 82 });
    await page.goto("/streams?tab=sources");
    await page.getByRole("button", { name: "Add a source" }).click();
    await page.getByRole("textbox", { name: "Topic", exact: true }).fill(read);
    await look(page, "source-add");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const row = page.getByRole("row", { name: new RegExp(read) });
    await row.getByText("Running").waitFor();
    await row.getByRole("cell", { name: "2", exact: true }).waitFor({ timeout: 60_000 });
    await row.getByRole("cell", { name: "1", exact: true }).waitFor(); // one names no device
    await look(page, "sources");

    await page.getByRole("button", { name: `Edit ${read}` }).click();
    await page.getByRole("textbox", { name: "Topic", exact: true }).fill("[");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").getByText("is not a regular expression").waitFor();
    await page.getByRole("textbox", { name: "Topic", exact: true }).fill(read);
    await page.getByRole("switch", { name: "Running" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await row.getByText("Stopped").waitFor();
    await page.getByRole("button", { name: `Delete ${read}` }).click();
    await row.waitFor({ state: "detached" });
    await api("DELETE", `/api/kafka/topics/${read}`);
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});

function produce(topic: string, key: string | null, value: unknown): Promise<unknown> {
  return api("POST", `/api/kafka/topics/${topic}/records`, { key, value, valueType: "json", headers: [] });
}

/// How many pixels of the fleet's canvas are drawn; it must be read in the frame that drew it.
function markerPixels(page: Page): Promise<number> {
  return page.getByTestId("fleet").evaluate(async (element) => {
    const canvas = element as HTMLCanvasElement;
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const paper = copy.getContext("2d") as CanvasRenderingContext2D;
    window.dispatchEvent(new Event("resize"));
    for (let frame = 0; frame < 10; frame++) {
      await new Promise(requestAnimationFrame);
      paper.drawImage(canvas, 0, 0);
    }
    const { data } = paper.getImageData(0, 0, copy.width, copy.height);
    let drawn = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) drawn++;
    return drawn;
  });
}
