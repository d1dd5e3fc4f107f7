import { expect, test } from "vitest";
import { doingsOf } from "./useDoings";

const counters = { "pipeline.messages": 100, "pipeline.failed": 2, "device.connected": 3 };

test("a rate is what passed between two readings", () => {
  const later = { at: 3_000, counters: { ...counters, "pipeline.messages": 140 } };
  expect(doingsOf(later, { at: 1_000, counters })).toEqual({
    messages: 140,
    failed: 2,
    connected: 3,
    perSecond: 20,
  });
});

test("the first reading has no rate, nor has one after a restart", () => {
  expect(doingsOf({ at: 1_000, counters }, null).perSecond).toBeNull();
  const restarted = { at: 3_000, counters: { "pipeline.messages": 5 } };
  expect(doingsOf(restarted, { at: 1_000, counters }).perSecond).toBeNull();
});
