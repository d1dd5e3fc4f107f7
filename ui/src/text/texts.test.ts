import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import english from "../../locales/en.json";

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(`src/${path}`, "utf8") }));
const all = sources.map(({ text }) => text).join("\n");
const keys = Object.keys(english).map((key) => key.replace(/_(one|other)$/, ""));

test("every plural form in en.json belongs to a text that is used", () => {
  for (const key of keys) expect(all.includes(`"${key}"`), key).toBe(true);
});

test("every text whose noun follows a count has its plural forms", () => {
  const counted = [...all.matchAll(/\bt\("(\{\{count\}\} [a-z]+s)(?: [a-z]+)?"/g)].map((match) => match[1]);
  expect(counted.length).toBeGreaterThan(3);
  for (const text of counted)
    expect(
      keys.some((key) => key.startsWith(text as string)),
      text,
    ).toBe(true);
});

test.each(sources.filter(({ path }) => path.endsWith(".tsx")))(
  "$path has no text outside t()",
  ({ text }) => {
    const words = [...text.matchAll(/^\s+([A-Z][a-z]+ [a-z]+[^<>={}();]*)$/gm)]
      .map((match) => (match[1] as string).trim())
      .filter((line) => !/[/*:,]$/.test(line));
    const attributes = [...text.matchAll(/\b(?:aria-label|title|placeholder|label)="([^"]*[a-z] ?[a-z]*)"/g)]
      .map((match) => match[1] as string)
      .filter((value) => !known.has(value));
    expect([...words, ...attributes]).toEqual([]);
  },
);

// Passed on to a component that translates them, or names in code.
const known = new Set(["Latest telemetry", "Alarms", "msg", "metadata", "msgType"]);
