/// Dashboards on a running demo: one in a click, one by hand, one from ThingsBoard.
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, launch, look, open, signIn } from "./browser";

interface Stored {
  title: string;
  configuration: {
    widgets: Record<
      string,
      { typeFullFqn: string; config: { title: string; settings: Record<string, unknown> } }
    >;
    states: Record<
      string,
      { layouts: { main: { widgets: Record<string, { row: number; col: number; sizeX: number }> } } }
    >;
  };
}

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

describe("dashboards", () => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await open(browser));
    await signIn(page, "tenant@thingsboard.org", "tenant");
  });

  afterAll(async () => {
    await page?.context().close();
  });

  test("a device has a dashboard in one click, and it lives", async () => {
    await page.goto("/devices?q=DHT11");
    await page.getByRole("link", { name: "DHT11 Demo Device" }).click();
    await page.getByRole("button", { name: "Make a dashboard" }).click();
    await page.waitForURL(/\/dashboards\//);
    await page
      .getByRole("region", { name: "temperature" })
      .getByText(/^\d+(\.\d+)?$/)
      .waitFor();
    await page.getByRole("img", { name: "Chart of humidity, temperature over time" }).waitFor();
    await page.getByRole("cell", { name: "humidity" }).waitFor();
    await look(page, "dashboard");
    await page.getByLabel("Time window").selectOption("1h");
    expect(page.url()).toContain("window=1h");
    await page.getByRole("button", { name: "Choose from when to when" }).click();
    await page.getByLabel("From", { exact: true }).fill("2026-01-01T00:00");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL(/window=\d+-\d+/);
    await page.keyboard.press("Escape");
    await remove();
    await page.getByRole("button", { name: "Undo" }).waitFor();
  });

  test("a dashboard is made by hand: a gauge, a text, moved by mouse and keyboard", async () => {
    await page.goto("/dashboards");
    await page.getByRole("button", { name: "New dashboard" }).click();
    await page.getByRole("button", { name: "Add a widget" }).click();
    await page.getByLabel("Find a widget").fill("dial");
    await page.getByRole("button", { name: /^Gauge/ }).click();
    await page.getByRole("combobox", { name: "Device" }).fill("DHT11");
    await page.getByRole("option", { name: "DHT11 Demo Device" }).click();
    await page.getByRole("combobox", { name: "Keys" }).fill("temperature");
    await page.keyboard.press("Enter");
    await page.getByLabel("Unit").fill("°C");
    await page.getByLabel("To", { exact: true }).fill("50");
    await page.getByLabel("Title").fill("How warm it is");
    await page.getByRole("img", { name: /^temperature: [\d.]+ °C, between 0 and 50$/ }).waitFor();
    await look(page, "dashboard-widget");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Add a widget" }).click();
    await page.getByLabel("Find a widget").fill("markdown");
    await look(page, "dashboard-catalogue");
    await page.getByRole("button", { name: /^Text/ }).click();
    await page
      .getByRole("textbox", { name: "Text", exact: true })
      .fill("# Kitchen\n\n<script>1</script>**warm**");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("heading", { name: "Kitchen" }).waitFor();
    const gauge = page.getByRole("region", { name: "How warm it is" });
    await gauge.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowRight");
    const text = page.getByTestId("grab Text");
    const before = await text.boundingBox();
    await text.hover();
    await page.mouse.down();
    await page.mouse.move((before?.x ?? 0) + 300, (before?.y ?? 0) + 20, { steps: 5 });
    await page.mouse.up();
    await look(page, "dashboard-edit");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(() => page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
    const { configuration } = await stored();
    const [, gaugeOf] =
      Object.entries(configuration.widgets).find(([, each]) => each.config.title === "How warm it is") ?? [];
    expect(gaugeOf).toMatchObject({ typeFullFqn: "millrace.gauge", config: { settings: { max: 50 } } });
    const cells = Object.values(configuration.states.default?.layouts.main.widgets ?? {});
    expect(cells.map(({ sizeX }) => sizeX)).toContain(9);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Redo" }).click();
    await page.getByRole("button", { name: "Done" }).click();
    await page.reload();
    await page.getByRole("heading", { name: "Kitchen" }).waitFor();
  });

  test("an alias stands for many devices, and a table shows them", async () => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("button", { name: "Aliases" }).click();
    await page.getByRole("button", { name: "Add an alias" }).click();
    const fields = page.getByRole("group", { name: "New alias" });
    await fields.getByLabel("It stands for").selectOption("entityName");
    await fields.getByLabel("Beginning of the name").fill("vehicle-1");
    await fields.getByText(/^1\d entities$/).waitFor();
    await fields.getByLabel("Name", { exact: true }).fill("Vehicles");
    await look(page, "dashboard-aliases");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Add a widget" }).click();
    await page.getByRole("button", { name: /^Entities/ }).click();
    await page.getByLabel("Of", { exact: true }).selectOption("Vehicles");
    await page.getByRole("combobox", { name: "Keys" }).fill("speed");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Close" }).click();
    await page
      .getByRole("row", { name: /^vehicle-1\d? [\d.]+/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    await page
      .getByRole("row", { name: /^vehicle-1/ })
      .first()
      .waitFor({ state: "detached" });
    await remove();
  });

  test("a filter leaves out what does not pass, and everybody with the link may look", async () => {
    await page.goto("/devices?q=DHT11");
    await page.getByRole("link", { name: "DHT11 Demo Device" }).click();
    await page.getByRole("button", { name: "Make a dashboard" }).click();
    await page.waitForURL(/\/dashboards\//);
    const values = page.getByRole("region", { name: "Latest values" });
    await values.getByRole("cell", { name: "humidity" }).waitFor();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("button", { name: "Add a filter" }).click();
    const filter = page.getByRole("group", { name: "New filter" });
    await filter.getByLabel("Name", { exact: true }).fill("Boiling");
    await page.getByRole("group", { name: "Boiling" }).getByLabel("Key").fill("temperature");
    await page.getByRole("group", { name: "Boiling" }).getByLabel("Value", { exact: true }).fill("100");
    await look(page, "dashboard-filters", 1);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Change Latest values" }).click();
    await page.getByLabel("Only those that pass").selectOption("Boiling");
    await values.getByRole("cell", { name: "humidity" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Discard" }).click();
    await values.getByRole("cell", { name: "humidity" }).waitFor();
    await page.getByRole("button", { name: "Choose from when to when" }).click();
    await page.getByRole("switch", { name: "Compare with the time before" }).click();
    await page.waitForURL(/compare=true/);
    await page.getByRole("img", { name: /temperature \(before\) over time$/ }).waitFor();
    await page.keyboard.press("Escape");
    await look(page, "dashboard-compared", 1);
    await page.getByRole("button", { name: "More for this dashboard" }).click();
    await page.getByRole("menuitem", { name: "Public link" }).click();
    await page.getByRole("switch", { name: "Everybody with the link may look at it" }).click();
    await page.getByRole("button", { name: "Make them public" }).click();
    await page.getByText("All of its devices are public.").waitFor();
    await look(page, "dashboard-public-link", 1);
    const link = await page.getByRole("dialog").locator("code").innerText();
    const visitor = await open(browser);
    await visitor.page.goto(new URL(link).pathname + new URL(link).search);
    await visitor.page
      .getByRole("region", { name: "temperature" })
      .getByText(/^\d+(\.\d+)?$/)
      .waitFor();
    await look(visitor.page, "dashboard-public");
    await visitor.page.goto("/");
    await visitor.page.waitForURL(/\/login/);
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    const { data } = (await api("GET", "/api/tenant/devices?pageSize=1&page=0&textSearch=DHT11")) as {
      data: { id: { id: string } }[];
    };
    await api("DELETE", `/api/customer/device/${data[0]?.id.id}`);
    await remove();
  });

  test("every widget is drawn on one dashboard", async () => {
    const { data } = (await api("GET", "/api/tenant/deviceInfos?pageSize=1&page=0&textSearch=DHT11")) as {
      data: { id: { id: string } }[];
    };
    const names =
      "time-series bar-chart value-card gauge liquid-level battery signal values-table entities-table alarms-table alarm-count map state-timeline pie heat-map wind-rose switch slider knob command-button attribute-form markdown json-viewer realtime-path kafka-tail clock qr-code floor-plan energy-flow rule-chain-heat".split(
        " ",
      );
    const widgets = Object.fromEntries(
      names.map((name) => [
        name,
        widgetOf(name, name === "kafka-tail" ? { topic: "vehicle-coordinates" } : {}),
      ]),
    );
    const cells = Object.fromEntries(
      names.map((name, i) => [name, { col: (i % 4) * 6, row: Math.floor(i / 4) * 5, sizeX: 6, sizeY: 5 }]),
    );
    const layouts = { main: { widgets: cells, gridSettings: { columns: 24 } } };
    const filter = { type: "singleEntity", singleEntity: { entityType: "DEVICE", id: data[0]?.id.id } };
    const made = (await api("POST", "/api/dashboard", {
      title: "Everything",
      configuration: {
        widgets,
        states: { default: { name: "Everything", root: true, layouts } },
        entityAliases: { device: { id: "device", alias: "Device", filter } },
      },
    })) as { id: { id: string } };
    await page.goto(`/dashboards/${made.id.id}`);
    for (const name of names) await page.getByRole("region", { name, exact: true }).waitFor();
    await page.getByRole("region", { name: "qr-code" }).getByRole("img").waitFor({ timeout: 60_000 });
    await page.getByRole("region", { name: "gauge" }).getByText(/\d/).first().waitFor();
    await look(page, "dashboard-everything");
    await remove();
  });

  test("a dashboard of ThingsBoard is imported, and what cannot be shown is named", async () => {
    const file = {
      title: "From ThingsBoard",
      configuration: {
        widgets: {
          a: {
            typeFullFqn: "system.cards.markdown_card",
            config: { title: "Note", settings: { markdownTextPattern: "**hello** there" } },
          },
          b: { typeFullFqn: "system.scada_symbols.pump", config: { title: "Pump" } },
        },
        states: {
          default: {
            name: "Main",
            root: true,
            layouts: {
              main: {
                widgets: {
                  a: { sizeX: 8, sizeY: 4, row: 0, col: 0 },
                  b: { sizeX: 8, sizeY: 4, row: 0, col: 8 },
                },
              },
            },
          },
        },
        entityAliases: {},
      },
    };
    await page.goto("/dashboards");
    await page.getByRole("button", { name: "Import a dashboard" }).click();
    await page.getByLabel("Or paste an export").fill('{"name": "x"}');
    await page.getByRole("alert").getByText("This is no dashboard").waitFor();
    await page.getByLabel("Or paste an export").fill(JSON.stringify(file));
    await page.getByText("1 of 2 widgets can be shown.").waitFor();
    await page.getByText("system.scada_symbols.pump", { exact: true }).waitFor();
    await look(page, "dashboard-import");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}/);
    await page.getByRole("region", { name: "Note" }).getByText("hello").waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1);
    await page.getByText("Nothing here shows a widget of the type").waitFor();
    await page.getByRole("button", { name: "More for this dashboard" }).click();
    const [exported] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Export" }).click(),
    ]);
    const text = JSON.parse(readFileSync(await exported.path(), "utf8"));
    expect(text.configuration.widgets.b.typeFullFqn).toBe("system.scada_symbols.pump");
    await page.goto("/dashboards");
    await page.getByRole("link", { name: "From ThingsBoard" }).waitFor();
    await look(page, "dashboards");
    await api("DELETE", `/api/dashboard/${id}`);
  });

  test("nothing was asked from elsewhere and nothing broke", () => expect(complaints).toEqual([]));

  async function remove(): Promise<void> {
    await page.getByRole("button", { name: "More for this dashboard" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("heading", { name: "Dashboards", level: 1 }).waitFor();
  }

  async function stored(): Promise<Stored> {
    const id = new URL(page.url()).pathname.split("/").at(-1);
    return (await api("GET", `/api/dashboard/${id}`)) as Stored;
  }
});

function widgetOf(name: string, settings: Record<string, unknown>) {
  const dataKeys = ["temperature", "humidity"].map((key) => ({ name: key, type: "timeseries", label: key }));
  const datasources = [{ type: "entity", entityAliasId: "device", dataKeys }];
  return { typeFullFqn: `millrace.${name}`, config: { title: name, settings, datasources } };
}
