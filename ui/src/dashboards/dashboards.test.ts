import { expect, test } from "vitest";
import { pairKey, wantedOf } from "./entities";
import { conditionsOf, keyFiltersOf, withConditions } from "./filters";
import { type Box, freeBox, overlaps, placed, stacked } from "./layout";
import {
  boxesOf,
  emptyDashboard,
  widgetsOf,
  withAlias,
  withBoxes,
  withFilter,
  withoutWidget,
  withWidget,
} from "./model";
import { imported, widgetNameOf } from "./thingsboard";
import { parseWindow, windowBefore, windowText } from "./timeWindow";

const box = (id: string, x: number, y: number, w = 4, h = 2): Box => ({ id, x, y, w, h, order: 0 });

test("a box that is moved onto others makes them move down, and no two overlap", () => {
  const boxes = [box("a", 0, 0), box("b", 4, 0), box("c", 0, 2, 8)];
  const after = placed(boxes, box("c", 0, 0, 8), 24);
  expect(after.find(({ id }) => id === "c")).toMatchObject({ x: 0, y: 0 });
  expect(after.find(({ id }) => id === "a")).toMatchObject({ y: 2 });
  expect(after.some((a) => after.some((b) => overlaps(a, b)))).toBe(false);
});

test("however boxes are thrown about, none overlaps and none hangs in the air", () => {
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % n;
  };
  let boxes = Array.from({ length: 12 }, (_, i) => box(`b${i}`, 0, i * 3, 2 + (i % 5), 1 + (i % 3)));
  for (let i = 0; i < 300; i++) {
    const one = boxes[random(12)] as Box;
    boxes = placed(boxes, { ...one, x: random(24), y: random(20), w: 2 + random(10), h: 1 + random(4) }, 24);
    expect(boxes.some((a) => boxes.some((b) => overlaps(a, b)))).toBe(false);
    expect(boxes.every(({ x, w }) => x >= 0 && x + w <= 24)).toBe(true);
    for (const each of boxes)
      if (each.y > 0) expect(boxes.some((other) => overlaps({ ...each, y: each.y - 1 }, other))).toBe(true);
  }
});

test("a new box takes the first free place", () => {
  expect(freeBox([box("a", 0, 0, 20)], "b", { w: 4, h: 2 }, 24)).toMatchObject({ x: 20, y: 0 });
  expect(freeBox([box("a", 0, 0, 22)], "b", { w: 4, h: 2 }, 24)).toMatchObject({ x: 0, y: 2 });
});

test("on a phone the widgets' own order goes before their places", () => {
  const boxes = [box("a", 0, 0), { ...box("b", 4, 0), order: -1 }];
  expect(stacked(boxes).map(({ id }) => id)).toEqual(["b", "a"]);
});

test("widgets come and go, and what a dashboard holds besides stays", () => {
  const dashboard = { ...emptyDashboard("Home"), image: "kept", assignedCustomers: [] };
  const widget = { typeFullFqn: "millrace.gauge", config: { title: "G" } };
  const one = withWidget(dashboard, "g", widget, { w: 6, h: 4 });
  expect(boxesOf(one)).toMatchObject([{ id: "g", x: 0, y: 0, w: 6, h: 4 }]);
  expect(one.image).toBe("kept");
  const none = withoutWidget(one, "g");
  expect(boxesOf(none)).toEqual([]);
  expect(widgetsOf(none)).toEqual({});
  expect(boxesOf(withBoxes(one, [box("g", 3, 0)]))).toMatchObject([{ x: 3 }]);
});

test("ThingsBoard's common widgets become ours, and the others are named", () => {
  const chart = { typeFullFqn: "system.charts.basic_timeseries", config: { title: "Course" } };
  const old = { bundleAlias: "cards", typeAlias: "attributes_card", config: { title: "Values" } };
  const odd = { typeFullFqn: "system.scada.pump", config: { title: "Pump" } };
  expect(widgetNameOf(chart)).toBe("time-series");
  expect(widgetNameOf(old)).toBe("values-table");
  expect(widgetNameOf(odd)).toBeNull();
  const file = { title: "Old", configuration: { widgets: { a: chart, b: old, c: odd }, states: {} } };
  expect(imported(file).unknown).toEqual([{ title: "Pump", type: "system.scada.pump" }]);
  expect(() => imported({ name: "x" })).toThrow("title");
});

test("a time window is said in the address and read from it", () => {
  expect(parseWindow("1h")).toEqual({ liveMs: 3_600_000 });
  expect(parseWindow("100-200")).toEqual({ fromTs: 100, untilTs: 200 });
  expect(parseWindow("200-100")).toBeNull();
  expect(parseWindow("soon")).toBeNull();
  expect(windowText({ fromTs: 100, untilTs: 200 })).toBe("100-200");
  expect(windowText({ liveMs: 900_000 })).toBe("15m");
});

test("the time before is as long and ends where this one begins; after a live one it goes on to now", () => {
  expect(windowBefore({ fromTs: 200, untilTs: 300 })).toEqual({ fromTs: 100, untilTs: 200, shiftMs: 100 });
  expect(windowBefore({ liveMs: 100 }, 300)).toEqual({ fromTs: 100, untilTs: 300, shiftMs: 100 });
});

test("a filter is kept as ThingsBoard keeps it, and asked as the server wants it", () => {
  const filter = withConditions({ id: "f", filter: "Warm", editable: true }, [
    { keyType: "TIME_SERIES", key: "temperature", valueType: "NUMERIC", operation: "GREATER", value: "20" },
    { keyType: "ATTRIBUTE", key: "on", valueType: "BOOLEAN", operation: "EQUAL", value: "true" },
  ]);
  expect(filter.editable).toBe(true);
  expect(keyFiltersOf(filter)).toMatchObject([
    {
      key: { type: "TIME_SERIES", key: "temperature" },
      valueType: "NUMERIC",
      predicate: { type: "NUMERIC", operation: "GREATER", value: { defaultValue: 20 } },
    },
    { predicate: { operation: "EQUAL", value: { defaultValue: true } } },
  ]);
  expect(withConditions(filter, conditionsOf(filter))).toEqual(filter);
  expect(conditionsOf({ id: "g", filter: "Empty" })).toEqual([]);
});

test("each pair of an alias and a filter that a widget uses is asked once, each alias always", () => {
  const alias = { id: "a", alias: "All", filter: { type: "entityType", entityType: "DEVICE" } };
  const source = { type: "entity", entityAliasId: "a", filterId: "f", dataKeys: [] };
  let dashboard = withFilter(withAlias(emptyDashboard("D"), alias), { id: "f", filter: "Warm" });
  for (const id of ["x", "y"])
    dashboard = withWidget(dashboard, id, { config: { datasources: [source] } }, { w: 2, h: 2 });
  expect(wantedOf(dashboard).map(({ key }) => key)).toEqual(["a", pairKey("a", "f")]);
});
