import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { completed, descriptors } from "./index";

const folders = readdirSync("src/widgets", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test("every folder here is a widget", () => {
  expect([...descriptors.keys()].sort()).toEqual(folders.sort());
});

test.each(folders)(
  "the widget %s has a title, a summary, a test, and a component that loads",
  async (name) => {
    const descriptor = descriptors.get(name);
    expect(descriptor?.title).toBeTruthy();
    expect(descriptor?.summary).toMatch(/\.$/);
    expect(readdirSync(`src/widgets/${name}`).some((file) => /\.test\.tsx?$/.test(file))).toBe(true);
    expect((await descriptor?.load())?.default).toBeTypeOf("function");
  },
);

test("a widget that came from ThingsBoard shows its own settings, not our defaults", () => {
  const textOf = (settings: Record<string, string>) =>
    completed({ settings }, descriptors.get("markdown")).settings.text;
  expect(textOf({ markdownTextPattern: "theirs" })).toBe("theirs");
  expect(textOf({ markdownTextPattern: "theirs", text: "ours" })).toBe("ours");
  expect(textOf({})).toMatch(/Markdown/);
  const gauge = completed({ settings: { minValue: 5, other: 1 } }, descriptors.get("gauge"));
  expect(gauge.settings).toMatchObject({ min: 5, max: 100, other: 1 });
});
