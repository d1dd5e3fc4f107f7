/// The people and things of a house on a running demo: users and keys, profiles and their alarm rules, alarms,
/// relations, the simulator, energy and the map.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, launch, look, open, signIn, url } from "./browser";

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

  test("adds a reader, who chooses a password with a link and may not change anything", async () => {
    await page.goto("/users");
    await page.getByRole("button", { name: "Add a user" }).click();
    await page.getByLabel("E-mail").fill("reader@example.org");
    await page.getByLabel("Role").selectOption("READ_ONLY");
    await look(page, "user-new", 1);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const row = page.getByRole("row", { name: /reader@example.org/ });
    await row.getByText("Read only").waitFor();
    await look(page, "users", 1);
    await row.getByRole("button", { name: "More about reader@example.org" }).click();
    await page.getByRole("menuitem", { name: "Copy a link to choose a password" }).click();
    await page.getByText(/The link is copied/).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const guest = await open(browser);
    await guest.page.goto(new URL(link).pathname + new URL(link).search);
    await guest.page.getByLabel("New password", { exact: false }).first().fill("reading-is-fun");
    await guest.page.getByLabel("The same again", { exact: false }).first().fill("reading-is-fun");
    await look(guest.page, "choose-password", 1);
    await guest.page.getByRole("button", { name: "Save and sign in" }).click();
    await guest.page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
    await guest.page.goto("/entities/assets");
    await guest.page.getByRole("button", { name: "Create an asset" }).click();
    await guest.page.getByLabel("Name").fill("Not mine");
    await guest.page.getByRole("button", { name: "Create", exact: true }).click();
    await guest.page.getByRole("alert").waitFor();
    await guest.page.context().close();
    await row.getByRole("button", { name: "More about reader@example.org" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("makes a key, which opens the API, and finds it in the audit log", async () => {
    await page.goto("/users?tab=keys");
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("What for").fill("nightly export");
    await page.getByRole("button", { name: "Make it" }).click();
    const key = await page
      .getByText("Copy the key now")
      .locator("xpath=ancestor::*[@role='alert']//code")
      .innerText();
    const answer = await fetch(`${url}/api/auth/user`, { headers: { "X-Authorization": `ApiKey ${key}` } });
    expect(answer.status).toBe(200);
    await look(page, "api-keys", 1);
    await page.getByRole("button", { name: "Delete nightly export" }).click();
    await page.getByRole("row", { name: /nightly export/ }).waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "Audit log" }).click();
    await page.getByRole("list", { name: "Audit log" }).getByRole("button").first().click();
    await look(page, "audit-log", 1);
  });

  test("sees the own account", async () => {
    await page.goto("/account");
    await page.getByRole("heading", { name: "Password" }).waitFor();
    await look(page, "account", 1);
  });

  test("relates a house to a device, and ends it again", async () => {
    await page.goto("/entities/assets");
    await page.getByRole("button", { name: "Create an asset" }).click();
    await page.getByLabel("Name").fill("Garden house");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { name: "Garden house", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Relate" }).click();
    await page.getByRole("combobox", { name: "The other" }).fill("DHT11");
    await page.getByRole("option", { name: "DHT11 Demo Device" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("link", { name: "DHT11 Demo Device" }).waitFor();
    await look(page, "relations", 1);
    await page.getByRole("link", { name: "DHT11 Demo Device" }).click();
    await page.getByRole("heading", { name: "DHT11 Demo Device", level: 1 }).waitFor();
    await page.getByRole("tab", { name: "Relations" }).click();
    await page.getByRole("link", { name: "Garden house" }).click();
    await page.getByRole("heading", { name: "Garden house", level: 1 }).waitFor();
    await page.getByRole("button", { name: "End the relation Contains" }).click();
    await page.getByRole("link", { name: "DHT11 Demo Device" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("heading", { name: "Assets", level: 1 }).waitFor();
  });

  test("writes an alarm rule and tries it on the past before saving", async () => {
    await page.goto("/profiles");
    await page.getByRole("link", { name: /^default/ }).click();
    await page.getByRole("heading", { name: "default", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Add an alarm rule" }).click();
    await page.getByLabel("Name of the alarm").fill("Never so warm");
    await page.getByLabel("Key", { exact: false }).last().fill("temperature");
    await page.getByRole("textbox", { name: "Value" }).fill("-40");
    await page.getByLabel("Values of").selectOption({ label: "DHT11 Demo Device" });
    await page.getByRole("button", { name: "Try it on the past" }).click();
    await page.getByText("It would have fired once").waitFor();
    await look(page, "alarm-rule");
    await page.getByRole("button", { name: "Cancel" }).click();
    await look(page, "profile", 1);
  });

  test("asks why an alarm is there, takes it over and says something", async () => {
    await page.goto("/alarms?show=any");
    await page.locator("main li button[aria-expanded]").first().click();
    await page.getByRole("region", { name: "Why" }).getByText("Raised").first().waitFor();
    await page.getByLabel("Who looks after it").selectOption({ label: "tenant@thingsboard.org" });
    await page.getByText("tenant@thingsboard.org looks after it").first().waitFor();
    await page.getByLabel("A comment").fill("Opened the window.");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await page.getByText("Opened the window.").waitFor();
    await look(page, "alarm-why", 1);
  });

  test("starts a simulated house and reads its energy", async () => {
    await page.goto("/start");
    await look(page, "start", 1);
    await page.getByRole("link", { name: "Choose a scenario" }).click();
    const house = page.getByRole("region", { name: "House with a solar roof" });
    await house.getByRole("button", { name: "Start" }).click();
    await house.getByText(/^[\d,]+ messages sent$/).waitFor();
    await look(page, "simulator", 1);
    await house.getByRole("link", { name: "See the energy" }).click();
    await page
      .getByRole("group", { name: "Consumption" })
      .getByText(/^[\d.,]+ kWh$/)
      .waitFor();
    await page.getByRole("figure", { name: /^Consumption and production/ }).waitFor();
    await page.getByText("In all").waitFor();
    await look(page, "energy");
    await page.getByText("Month", { exact: true }).click();
    await page.waitForURL(/period=month/);
    await page.getByRole("button", { name: "The period before" }).click();
    await page.waitForURL(/at=\d{4}-\d{2}-\d{2}/);
    await removeDevices(["House meter", "Solar inverter", "House battery"]);
  });

  test("changes a fence on the map by pointing", async () => {
    await page.goto("/map");
    await page.locator(".maplibregl-canvas").waitFor();
    await page
      .getByRole("button", { name: /^Change the fence/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Begin anew" }).click();
    const canvas = await page.locator(".maplibregl-canvas").boundingBox();
    const [x, y] = [(canvas?.x ?? 0) + 200, (canvas?.y ?? 0) + 200];
    for (const [i, [dx, dy]] of [
      [0, 0],
      [120, 0],
      [60, 110],
    ].entries()) {
      await page.mouse.click(x + (dx as number), y + (dy as number));
      await page.getByText(`${i + 1} corner`).waitFor();
    }
    await look(page, "map-fence", 1);
    await page.getByRole("button", { name: "Cancel" }).click();
  });

  test("compares, tests and replays a rule chain beside its editor", async () => {
    await page.goto("/ruleChains");
    await page.getByRole("link", { name: /^Root Rule Chain/ }).click();
    await page.getByRole("button", { name: "Try and compare" }).click();
    await page
      .getByRole("group", { name: /^Version / })
      .getByText("live now")
      .waitFor();
    await page.getByRole("tab", { name: "Tests" }).click();
    await page.getByRole("button", { name: "Keep it as a test" }).click();
    await page.getByRole("button", { name: "Run them" }).click();
    await page.getByText(/^(All tests passed|Some tests failed)\.$/).waitFor();
    await look(page, "chain-tests", 1);
    // Whatever message it was that came last.
    await page
      .getByRole("button", { name: /^Delete [A-Z][A-Z_]+ / })
      .first()
      .click();
    await page.getByRole("tab", { name: "Replay" }).click();
    await page.getByText("You have not changed anything yet").waitFor();
    await page.getByRole("tab", { name: "Shadow" }).click();
    await page.getByRole("button", { name: "Run it beside" }).click();
    await page.getByText(/^[\d,]+ of [1-9][\d,]* messages came out differently\.$/).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));
});

/// What the test made is not for the others to find.
async function removeDevices(names: string[]): Promise<void> {
  const { data } = (await api("GET", "/api/tenant/devices?pageSize=1000&page=0")) as {
    data: { id: { id: string }; name: string }[];
  };
  for (const { id, name } of data) if (names.includes(name)) await api("DELETE", `/api/device/${id.id}`);
}
