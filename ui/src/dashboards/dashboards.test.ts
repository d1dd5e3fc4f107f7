import { expect, test } from "vitest";
import { type Box, freeBox, overlaps, placed, stacked } from "./layout";
import { boxesOf, emptyDashboard, widgetsOf, withBoxes, withoutWidget, withWidget } from "./model";
import { imported, widgetNameOf } from "./thingsboard";
import { parseWindow, windowText } from "./timeWindow";

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
