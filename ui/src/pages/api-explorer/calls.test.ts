import { expect, test } from "vitest";
import { addressOf, callsOf, placesIn } from "./calls";

test("every method of every path is a call", () => {
  const paths = { "/api/a": { get: { summary: "Reads." }, delete: { "x-authorities": ["TENANT_ADMIN"] } } };
  expect(callsOf({ paths })).toEqual([
    { method: "GET", path: "/api/a", summary: "Reads.", authorities: [] },
    { method: "DELETE", path: "/api/a", summary: "", authorities: ["TENANT_ADMIN"] },
  ]);
});

test("an address has its places filled, and names one that is not", () => {
  const call = { method: "GET", path: "/api/{kind}/{id}", summary: "", authorities: [] };
  expect(placesIn(call.path)).toEqual(["kind", "id"]);
  expect(addressOf(call, { kind: "a b", id: "1" }, "?x=2")).toBe("/api/a%20b/1?x=2");
  expect(() => addressOf(call, { kind: "a" }, "")).toThrow("id");
});
