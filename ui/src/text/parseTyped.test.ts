import { expect, test } from "vitest";
import { parseTyped } from "./parseTyped";

test.each([
  ["21.5", 21.5],
  ["true", true],
  ["null", null],
  ['{"a": [1, 2]}', { a: [1, 2] }],
  ['"21.5"', "21.5"],
  ["plain words", "plain words"],
  ["{not json", "{not json"],
  ["", ""],
])("%j is typed as %j", (text, value) => {
  expect(parseTyped(text)).toEqual(value);
});
