/// The broker's pages on a running demo: topics as they are published, retained messages, clients.
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
  const topic = `e2e-desk/kitchen/climate`;

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("what is published appears in the tree", async () => {
    await publish(topic, { temperature: 20, humidity: 40 });
    await page.goto("/mqtt");
    await page.getByRole("button", { name: `e2e-desk`, exact: true }).waitFor();
    await page.getByRole("button", { name: `Open e2e-desk/kitchen` }).click();
    await page.getByRole("button", { name: "climate", exact: true }).click();
    await page.getByRole("heading", { name: topic }).waitFor();
    await page.getByText("temperature").first().waitFor();
  });

  test("what changed since the message before is told, and numbers have a course", async () => {
    const history = page.getByTestId("history");
    await history.getByText("humidity").waitFor();
    await publish(topic, { temperature: 21.5, humidity: 40 });
    await history.getByText("21.5").waitFor();
    expect(await history.getByRole("listitem").first().textContent()).toContain("temperature: 20 21.5");
    await page.getByRole("img", { name: "Course of temperature" }).waitFor();
    await look(page, "mqtt-topics");
  });

  test("a retained message is published by hand, seen and deleted with a way back", async () => {
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("textbox", { name: "Topic", exact: true }).fill("a/+");
    await page.getByText("a message has one topic").waitFor();
    await page.getByRole("textbox", { name: "Topic", exact: true }).fill(topic);
    await page.getByLabel("Payload").fill('{"kept": true}');
    await page.getByLabel("Retain").check();
    await page.getByRole("button", { name: "Publish it" }).click();
    const heading = page.getByRole("heading", { name: "Retained message" });
    await heading.waitFor();
    await look(page, "mqtt-retained");
    await page.getByRole("button", { name: "Delete it" }).click();
    await heading.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await heading.waitFor();
    await page.getByRole("button", { name: "Delete it" }).click();
    await heading.waitFor({ state: "detached" });
  });

  test("topics are found by a part of their name", async () => {
    await page.goto("/mqtt");
    await page.getByLabel("Find a topic by a part of its name").fill(`desk/kit`);
    await page.getByRole("button", { name: topic, exact: true }).waitFor();
  });

  test("clients are listed, and one is looked at closely", async () => {
    await page.goto("/mqtt?tab=clients");
    await page.getByRole("link", { name: "simulated-dht11" }).first().click();
    await page.getByRole("heading", { name: "Subscribed to" }).waitFor();
    await look(page, "mqtt-client");
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});

function publish(topic: string, payload: unknown): Promise<unknown> {
  return api("POST", "/api/mqtt/publish", { topic, payload: JSON.stringify(payload), payloadType: "text" });
}
