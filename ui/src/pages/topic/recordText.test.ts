import { expect, test } from "vitest";
import type { KafkaRecord } from "../../api/kafka";
import { placeOf, topicWords, valueLine } from "./recordText";

test.each([
  ["vehicle-coordinates", "Vehicle Coordinates"],
  ["orders", "Orders"],
  ["a.b_c", "A B C"],
  ["deviceEvents", "Device Events"],
  ["__consumer_offsets", "Consumer Offsets"],
])("%s is said %s", (topic, words) => expect(topicWords(topic)).toBe(words));

test("an id names a place, anything else does not", () => {
  expect(placeOf("3-42")).toEqual({ partition: 3, offset: 42 });
  expect(placeOf("x")).toBeNull();
});

test("values are one line, long ones cut", () => {
  const line = (value: unknown, valueType = "json") => valueLine({ value, valueType } as KafkaRecord);
  expect(line({ a: 1 })).toBe('{"a":1}');
  expect(line("plain", "text")).toBe("plain");
  expect(line(null, "null")).toBe("∅");
  expect(line("x".repeat(500), "text")).toHaveLength(401);
});
