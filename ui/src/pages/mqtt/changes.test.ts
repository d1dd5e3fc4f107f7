import { expect, test } from "vitest";
import { changesBetween, numbersIn } from "./changes";

test("the same payload has no changes", () => expect(changesBetween("1", "1")).toEqual([]));

test("of two objects only what differs is told, by its path", () => {
  const before = '{"a": 1, "b": {"c": [1, 2], "d": "x"}, "gone": null}';
  const after = '{"a": 1, "b": {"c": [1, 3], "d": "x"}, "new": true}';
  expect(changesBetween(before, after)).toEqual([
    { path: "b.c.1", before: 2, after: 3 },
    { path: "gone", before: null, after: undefined },
    { path: "new", before: undefined, after: true },
  ]);
});

test("a payload that is no object changes as a whole", () => {
  expect(changesBetween("on", "off")).toEqual([{ path: "", before: "on", after: "off" }]);
  expect(changesBetween("20.5", '{"t": 21}')).toEqual([{ path: "", before: 20.5, after: { t: 21 } }]);
});

test("keys of Object itself are keys like others", () => {
  expect(changesBetween("{}", '{"constructor": 1}')).toEqual([
    { path: "constructor", before: undefined, after: 1 },
  ]);
});

test("numbers are found wherever they are", () => {
  expect([...numbersIn('{"t": 21.5, "inner": {"h": 40}, "s": "x"}')]).toEqual([
    ["t", 21.5],
    ["inner.h", 40],
  ]);
  expect([...numbersIn("7")]).toEqual([["", 7]]);
  expect(numbersIn("plain").size).toBe(0);
});
