import { expect, test } from "vitest";
import { parseConfigs, refusedName } from "./newTopic";

test.each(["vehicle-coordinates", "a", "A.b_c-1", "x".repeat(249)])("%s is a name", (name) =>
  expect(refusedName(name)).toBeNull(),
);

test.each(["", ".", "..", "with space", "slash/ed", "ümlaut", "x".repeat(250)])("%s is refused", (name) =>
  expect(refusedName(name)).toMatch(/\.$/),
);

test("configs are read line by line, spaces and empty lines aside", () => {
  expect(parseConfigs(" retention.ms = 1000 \n\ncleanup.policy=compact")).toEqual({
    values: { "retention.ms": "1000", "cleanup.policy": "compact" },
  });
});

test("the first line that is not name=value is named", () => {
  expect(parseConfigs("a=1\nb")).toEqual({ line: 2 });
  expect(parseConfigs("=1")).toEqual({ line: 1 });
});
