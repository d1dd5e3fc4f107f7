import { expect, test } from "vitest";
import { checkedValue } from "./newRecord";

test("JSON is sent as what it says", () => {
  expect(checkedValue('{"a": [1]}', "json")).toEqual({ value: { a: [1] }, valueType: "json" });
});

test("broken JSON is refused with its place or reason", () => {
  const refused = checkedValue('{\n  "a": oops\n}', "json");
  expect(refused).toMatchObject({ refusal: expect.stringMatching(/^This is not JSON/) });
  expect(checkedValue("", "json")).toHaveProperty("refusal");
});

test("text is never refused, bytes must be Base64", () => {
  expect(checkedValue("{", "text")).toEqual({ value: "{", valueType: "text" });
  expect(checkedValue("AAEC", "binary")).toEqual({ value: "AAEC", valueType: "binary" });
  expect(checkedValue("AAE", "binary")).toHaveProperty("refusal");
});

test("nothing is a value too", () => {
  expect(checkedValue("ignored", "null")).toEqual({ value: null, valueType: "text" });
});
