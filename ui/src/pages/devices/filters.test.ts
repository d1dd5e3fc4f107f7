import { expect, test } from "vitest";
import { type KeptFilter, readFilters, withFilter, withoutEmpty } from "./filters";

test("what is kept is read again, and what is no filter is left out", () => {
  const kept: KeptFilter[] = [{ name: "Pumps", q: "pump", state: "inactive" }, { name: "All" }];
  expect(readFilters(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  expect(readFilters([{ q: "x" }, 3, null, { name: "B", state: "odd", q: 1 }])).toEqual([{ name: "B" }]);
  expect(readFilters(undefined)).toEqual([]);
});

test("a filter of the same name takes the old one's place", () => {
  expect(withFilter([{ name: "A" }, { name: "B" }], { name: "A", q: "x" })).toEqual([
    { name: "B" },
    { name: "A", q: "x" },
  ]);
});

test("an address holds only what is asked for", () => {
  expect(withoutEmpty({ q: "", state: undefined, profile: "p" })).toEqual({ profile: "p" });
});
