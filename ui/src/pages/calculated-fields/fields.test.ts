import { expect, test } from "vitest";
import { configuration, firstField, isComplete } from "./fields";

const field = {
  ...firstField,
  name: "Fahrenheit",
  arguments: [
    { name: "t", key: "temperature", source: "TS_LATEST" as const },
    { name: "o", key: "offset", source: "ATTRIBUTE" as const },
  ],
  expression: "t * 1.8 + 32 + o",
  output: "fahrenheit",
  decimals: "1",
};

test("a field is ThingsBoard's JSON", () => {
  expect(configuration(field)).toEqual({
    type: "SIMPLE",
    arguments: {
      t: { refEntityKey: { key: "temperature", type: "TS_LATEST" } },
      o: { refEntityKey: { key: "offset", type: "ATTRIBUTE", scope: "SERVER_SCOPE" } },
    },
    expression: "t * 1.8 + 32 + o",
    output: { type: "TIME_SERIES", name: "fahrenheit", decimalsByDefault: 1 },
    useLatestTs: true,
  });
});

test("it is complete when every argument has a name and a key", () => {
  expect(isComplete(field)).toBe(true);
  expect(isComplete({ ...field, output: " " })).toBe(false);
  expect(isComplete({ ...field, arguments: [{ name: "t", key: "", source: "TS_LATEST" }] })).toBe(false);
});
