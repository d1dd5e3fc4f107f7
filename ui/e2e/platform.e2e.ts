/// Pages of the platform on a running demo: filters and bulk actions of devices, timeline and raw messages,
/// commands, calculated fields, the API explorer, the log, tenants.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, launch, look, open, signIn, url } from "./browser";

const names = ["Platform valve 1", "Platform valve 2"];
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

describe("an administrator", () => {
  let page: Page;
  let complaints: string[];
  let deviceId: string;
  let token: string;

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
    const ids: string[] = [];
    for (const name of names) {
      const made = (await api("POST", "/api/device", { name, type: "default" })) as { id: { id: string } };
      ids.push(made.id.id);
    }
    deviceId = ids[0] as string;
    const credentials = (await api("GET", `/api/device/${deviceId}/credentials`)) as {
      credentialsId: string;
    };
    token = credentials.credentialsId;
    await send({ pressure: 2.5 });
  });

  afterAll(async () => {
    await page?.context().close();
    const { data } = (await api("GET", "/api/tenant/devices?pageSize=1000&page=0&textSearch=Platform")) as {
      data: { id: { id: string } }[];
    };
    for (const { id } of data) await api("DELETE", `/api/device/${id.id}`);
  });

  test("keeps a filter of devices, and does one thing to several", async () => {
    await page.goto("/devices?q=Platform");
    await page.getByRole("link", { name: names[1] as string }).waitFor();
    page.once("dialog", (dialog) => void dialog.accept("Valves at work"));
    await page.getByLabel("State").selectOption("active");
    await page.getByRole("link", { name: names[1] as string }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Saved filters" }).click();
    await page.getByRole("menuitem", { name: "Save this filter…" }).click();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("link", { name: "DHT11 Demo Device" }).waitFor();
    await page.getByRole("button", { name: "Saved filters" }).click();
    await page.getByRole("menuitem", { name: "Valves at work" }).click();
    await page.waitForURL(/state=active/);
    await page.getByRole("button", { name: "Saved filters" }).click();
    await page.getByRole("button", { name: "Delete Valves at work" }).click();
    await page.getByRole("menuitem", { name: "Valves at work" }).waitFor({ state: "detached" });
    await page.goto("/devices?q=Platform");
    for (const name of names) await page.getByRole("checkbox", { name: `Choose ${name}` }).click();
    await page.getByText("2 chosen").waitFor();
    await look(page, "devices-chosen", 1);
    await page.getByRole("button", { name: "Assign to a customer" }).click();
    await page.getByRole("menuitem", { name: "Customer A" }).click();
    await expect.poll(() => page.getByRole("cell", { name: "Customer A" }).count()).toBe(2);
  });

  test("sees what happened to a device, and its messages as they came", async () => {
    await page.goto(`/devices/${deviceId}?tab=timeline`);
    await page
      .getByRole("region", { name: "Timeline" })
      .getByText("tenant@thingsboard.org made it")
      .waitFor();
    const messages = page.getByRole("region", { name: "Raw messages" });
    await messages.getByRole("button", { name: /"pressure":2.5/ }).click();
    await messages.getByText("POST_TELEMETRY_REQUEST").waitFor();
    await look(page, "device-timeline", 1);
  });

  test("sends a command and reads the device's answer", async () => {
    await page.goto(`/devices/${deviceId}?tab=commands`);
    await page.getByLabel("Method").fill("open");
    await page.getByLabel("Parameters").fill('{"degrees": 40}');
    const asked = fetch(`${url}/api/v1/${token}/rpc?timeout=20000`).then((answer) => answer.json());
    await page.getByRole("button", { name: "Send it" }).click();
    const command = (await asked) as { id: number; method: string; params: unknown };
    expect(command).toMatchObject({ method: "open", params: { degrees: 40 } });
    const body = JSON.stringify({ degreesNow: 40 });
    await fetch(`${url}/api/v1/${token}/rpc/${command.id}`, { method: "POST", body });
    await page.getByText("degreesNow").waitFor();
    await look(page, "device-commands", 1);
  });

  test("has a value computed from another", async () => {
    await page.goto(`/devices/${deviceId}?tab=fields`);
    await page.getByRole("button", { name: "New field" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Pressure in psi");
    await form.getByLabel("Key", { exact: true }).fill("pressure");
    await form.getByLabel("Expression").fill("a * 14.5");
    await form.getByLabel("Key of the result").fill("psi");
    await form.getByLabel("a", { exact: true }).fill("2");
    await form.getByRole("button", { name: "Compute" }).click();
    await form.getByRole("status").getByText("29").waitFor();
    await look(page, "calculated-field", 1);
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByRole("cell", { name: "Pressure in psi", exact: true }).waitFor();
    await expect
      .poll(
        async () => {
          await send({ pressure: 4 });
          const path = `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries?keys=psi`;
          const { psi } = (await api("GET", path)) as { psi: { value: string }[] };
          return Number(psi[0]?.value);
        },
        { timeout: 20_000 },
      )
      .toBe(58);
  });

  test("tries a call of the API and reads the log", async () => {
    await page.goto("/api-explorer?q=device infos");
    await page.getByRole("button", { name: /GET \/api\/tenant\/deviceInfos/ }).click();
    await page.getByRole("textbox", { name: "Query" }).fill("pageSize=1&page=0&textSearch=Platform");
    await look(page, "api-explorer", 1);
    await page.getByRole("button", { name: "Call it" }).click();
    await page.getByText("totalElements").waitFor();
    await page.goto("/system");
    await page.getByRole("list", { name: "Log" }).getByText("INFO").first().waitFor();
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));

  async function send(values: object): Promise<void> {
    const body = JSON.stringify(values);
    const sent = await fetch(`${url}/api/v1/${token}/telemetry`, { method: "POST", body });
    expect(sent.status).toBe(200);
  }
});

test("the administrator of the system adds a tenant, which can sign in", async () => {
  const { page, complaints } = await open(browser);
  await signIn(page, "sysadmin@thingsboard.org", "sysadmin");
  await page.goto("/users");
  await page.getByRole("table", { name: "Tenants" }).waitFor();
  await page.getByRole("button", { name: "Add a tenant" }).click();
  await page.getByLabel("Title").fill("Neighbours");
  await page.getByLabel("E-mail of its administrator").fill("neighbour@example.org");
  await page.getByLabel("Password").fill("over the fence");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("cell", { name: "Neighbours" }).waitFor();
  await look(page, "tenants", 1);
  const neighbour = await open(browser);
  await signIn(neighbour.page, "neighbour@example.org", "over the fence");
  await neighbour.page.getByText("None yet: see where to begin.").waitFor();
  expect([...complaints, ...neighbour.complaints]).toEqual([]);
  await neighbour.page.context().close();
  // What the test made is not for the others to find: with two tenants the log is the system's alone.
  const stored = await page.evaluate(() => localStorage.getItem("millrace.session") ?? "");
  const headers = { "X-Authorization": `Bearer ${JSON.parse(stored).token}` };
  const tenants = (await (await fetch(`${url}/api/tenants?pageSize=100&page=0`, { headers })).json()) as {
    data: { id: { id: string }; title: string }[];
  };
  for (const { id, title } of tenants.data)
    if (title === "Neighbours") await fetch(`${url}/api/tenant/${id.id}`, { method: "DELETE", headers });
  await page.context().close();
});
