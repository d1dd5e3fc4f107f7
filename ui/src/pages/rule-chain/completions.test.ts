import { expect, test } from "vitest";
import { namesIn } from "./completions";

test("a script may name what recent messages held, also what is no plain name", () => {
  const originator = { entityType: "DEVICE", id: "d" };
  const message = { id: "1", ts: 0, outcome: "True", msgType: "POST_TELEMETRY_REQUEST", originator };
  const names = namesIn([
    { ...message, metadata: { deviceName: "A" }, msg: { temperature: 1, "my key": { deep: 2 } } },
    { ...message, metadata: {}, msg: 5 },
  ]);
  expect(names).toContain("msg.temperature");
  expect(names).toContain('msg["my key"].deep');
  expect(names).toContain("metadata.deviceName");
  expect(new Set(names).size).toBe(names.length);
});
