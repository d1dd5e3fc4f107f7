import { expect, test } from "vitest";
import { refusedTopic } from "./topicNames";

test.each(["a", "/", "a//b", "über/alles", "x".repeat(65_535)])("%s can be published to", (topic) =>
  expect(refusedTopic(topic)).toBeNull(),
);

test.each(["", "a/+", "a/#", "$SYS/x", "a\0b", "x".repeat(65_536)])("%j cannot", (topic) =>
  expect(refusedTopic(topic)).toMatch(/\.$/),
);
