import { expect, test } from "vitest";
import type { RealtimeEvent } from "../../api/realtime";
import { pathUrl, realtimeOrigin } from "../../api/realtime";
import type { Json } from "../../api/types";
import { applied, changes, compareKeys, keyFault, rowsOf } from "./tree";

const put = (path: string, data: Json): RealtimeEvent => ({ kind: "put", path, data });
const patch = (path: string, data: Json): RealtimeEvent => ({ kind: "patch", path, data });

test.each<[string, Json, RealtimeEvent, Json]>([
  ["a put of the root replaces all", { a: 1 }, put("/", { b: 2 }), { b: 2 }],
  ["a deep put makes its parents", null, put("/a/b/c", 1), { a: { b: { c: 1 } } }],
  ["null deletes, and an empty parent goes too", { a: { b: 1 }, c: 2 }, put("/a/b", null), { c: 2 }],
  ["the last value deleted leaves nothing", { a: { b: 1 } }, put("/a/b", null), null],
  ["a put replaces a leaf by a branch", { a: 1 }, put("/a/b", 2), { a: { b: 2 } }],
  [
    "a patch changes only its children",
    { a: { b: 1, c: 2 } },
    patch("/a", { b: 3, d: 4 }),
    { a: { b: 3, c: 2, d: 4 } },
  ],
  ["a patch of deep paths", { a: { b: 1 } }, patch("/", { "a/b": null, "x/y": 1 }), { x: { y: 1 } }],
  ["an array is children by number", { a: [5, 6] }, put("/a/1", 7), { a: { 0: 5, 1: 7 } }],
])("%s", (_claim, before, event, after) => {
  expect(applied(before, event)).toEqual(after);
});

test("what an event does not touch is shared, not copied", () => {
  const before = { a: { b: 1 }, c: { d: 2 } };
  const after = applied(before, put("/a/b", 3)) as { c: Json };
  expect(after.c).toBe(before.c);
});

test("changes name the deepest paths that differ, and a deletion its parent", () => {
  expect(changes({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 9, c: 2 }, d: 3 })).toEqual(["/a/b"]);
  expect(changes({ a: { b: 1, c: 2 } }, { a: { c: 2 } })).toEqual(["/a"]);
  expect(changes(null, { a: 1 })).toEqual(["/"]);
  expect(changes({ a: 1 }, { a: 1 })).toEqual([]);
});

test("rows are the children of open branches only, in RTDB's order", () => {
  const tree = { b: { x: 1 }, 10: "ten", 9: "nine", a: true };
  const rows = rowsOf(tree, new Set(["/"]), new Map(), 100, "root");
  expect(rows.map((row) => `${row.depth} ${row.path}`)).toEqual(["0 /", "1 /9", "1 /10", "1 /a", "1 /b"]);
  expect(rows.at(-1)?.childCount).toBe(1);
});

test("a branch with many children is shown by the page", () => {
  const tree = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`k${i}`, i]));
  expect(rowsOf(tree, new Set(["/"]), new Map(), 10, "root")).toHaveLength(12);
  expect(rowsOf(tree, new Set(["/"]), new Map(), 10, "root").at(-1)?.more).toBe(15);
  expect(rowsOf(tree, new Set(["/"]), new Map([["/", 30]]), 10, "root")).toHaveLength(26);
});

test("numbers sort by value before words", () => {
  expect(["b", "10", "9", "-1", "a", "99999999999"].sort(compareKeys)).toEqual([
    "-1",
    "9",
    "10",
    "99999999999",
    "a",
    "b",
  ]);
});

test.each([
  ["temperature", true],
  ["", false],
  ["a.b", false],
  ["a/b", false],
  ["$x", false],
  ["ü".repeat(384), true],
  ["ü".repeat(385), false],
])("the key %j may be used: %s", (key, isAllowed) => {
  expect(keyFault(key) === null).toBe(isAllowed);
});

test("an address that only the server's machine understands is named by the page's host", () => {
  expect(realtimeOrigin("http://127.0.0.1:9000", "mill.example")).toBe("http://mill.example:9000");
  expect(realtimeOrigin("http://0.0.0.0:9000", "mill.example")).toBe("http://mill.example:9000");
  expect(realtimeOrigin("https://db.example:9000", "mill.example")).toBe("https://db.example:9000");
});

test("a path is encoded segment by segment", () => {
  expect(pathUrl("http://h:9000", "my db", "/a b/ü")).toBe("http://h:9000/a%20b/%C3%BC.json?ns=my%20db");
  expect(pathUrl("http://h:9000", "db", "/")).toBe("http://h:9000/.json?ns=db");
});
