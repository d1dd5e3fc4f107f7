import { expect, test } from "vitest";
import { unreadText } from "./inbox";

test("the bell has room for three characters", () => {
  expect(unreadText(7)).toBe("7");
  expect(unreadText(99)).toBe("99");
  expect(unreadText(100)).toBe("99+");
});
