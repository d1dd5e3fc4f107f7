/// Users, the system itself, the API and commands, on a running demo.
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
  const name = `e2e-${Date.now() % 1_000_000}`;

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("adds a customer and a user of it, who can sign in; both go again", async () => {
    await page.goto("/users?tab=customers");
    await page.getByLabel("New customer").fill(name);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("cell", { name, exact: true }).waitFor();
    await page.getByRole("tab", { name: "Users" }).click();
    await page.getByRole("button", { name: "Add a user" }).click();
    await page.getByLabel("E-mail").fill(`${name}@example.org`);
    await page.getByLabel("Customer", { exact: true }).selectOption(name);
    await page.getByLabel("Password").fill("correct horse battery");
    await look(page, "user-add");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: `${name}@example.org` }).waitFor();
    await look(page, "users");
    const other = await open(browser);
    await signIn(other.page, `${name}@example.org`, "correct horse battery");
    await other.page.context().close();
    await page.getByRole("button", { name: `Delete ${name}@example.org` }).click();
    await page
      .getByRole("button", { name: `${name}@example.org`, exact: true })
      .waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "Customers" }).click();
    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await page.getByRole("cell", { name, exact: true }).waitFor({ state: "detached" });
  });

  test("sees how the system does", async () => {
    await page.goto("/system");
    await page.getByText("Takes messages").waitFor();
    await page.getByText("Days left").waitFor();
    await page.getByLabel("Find a counter").fill("mqtt.packets_received");
    await page.getByRole("cell", { name: /^[\d,]+$/ }).waitFor();
    await look(page, "system");
  });

  test("tries a call of the API", async () => {
    await page.goto("/api-explorer?q=device profiles");
    await page.getByRole("button", { name: /\/api\/deviceProfiles/ }).click();
    await page.getByLabel("Query").fill("pageSize=1&page=0");
    await page.getByRole("button", { name: "Call it" }).click();
    await page.getByText("totalElements").waitFor();
    await look(page, "api-explorer");
  });

  test("sends a command to a device that is not there, and is told so", async () => {
    await page.goto("/devices?q=Test Device A1");
    await page.getByRole("link", { name: "Test Device A1" }).click();
    await page.getByRole("tab", { name: "Commands" }).click();
    await page.getByLabel("Parameters").fill("{");
    await page.getByText("This is not JSON.").waitFor();
    await page.getByLabel("Parameters").fill('{"on": true}');
    await page.getByText("Wait for the device's answer").click();
    await page.getByRole("button", { name: "Send it" }).click();
    await page.getByRole("heading", { name: "Sent" }).waitFor();
    await page.getByRole("alert").waitFor();
    await look(page, "device-commands");
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});
