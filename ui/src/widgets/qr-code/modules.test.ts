import { expect, test } from "vitest";
import { modulesOf } from "./modules";

test("a short text is a small code with its three corners", () => {
  const rows = modulesOf("hello");
  expect(rows).toHaveLength(21);
  expect([rows?.[0]?.[0], rows?.[0]?.[20], rows?.[20]?.[0]]).toEqual([true, true, true]);
  expect(rows?.[1]?.[1]).toBe(false);
});

test("a text that no code can hold is refused", () => {
  expect(modulesOf("x".repeat(5_000))).toBeNull();
});
