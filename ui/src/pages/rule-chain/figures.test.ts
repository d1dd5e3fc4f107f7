import { expect, test } from "vitest";
import type { NodeFigures } from "../../api/types";
import { activities, type Reading, short } from "./figures";

function reading(at: number, received: number, busyNanos = 0): Reading {
  const node: NodeFigures = {
    nodeId: "n1",
    name: "node",
    received,
    failed: 0,
    lost: 0,
    emitted: {},
    lastError: null,
    lastErrorTs: 0,
    busyNanos,
    recent: [],
  };
  return { at, figures: { nodes: [node], problems: [] } };
}

test("a rate needs two readings", () => {
  expect(activities(reading(1_000, 10), null).get("n1")?.perSecond).toBeNull();
  expect(activities(reading(3_000, 30), reading(1_000, 10)).get("n1")?.perSecond).toBe(10);
});

test("a chain that was changed counts anew and has no rate for one reading", () => {
  expect(activities(reading(3_000, 2), reading(1_000, 10)).get("n1")?.perSecond).toBeNull();
});

test("time per message is in microseconds", () => {
  expect(activities(reading(0, 4, 10_000), null).get("n1")?.microseconds).toBe(2.5);
  expect(activities(reading(0, 0), null).get("n1")?.microseconds).toBe(0);
});

test("large counts are short", () => {
  expect(short(1_234_567, "en")).toBe("1.2M");
  expect(short(999, "en")).toBe("999");
});
