import { expect, test } from "vitest";
import { historyParameters, parseSeries, seriesText } from "./question";
import { columnsOf, csvOf, rowsOf, summaryOf } from "./rows";

test("the address keeps any key", () => {
  const series = [
    { deviceId: "d1", key: "temperature" },
    { deviceId: "d2", key: "a,b:c d%" },
  ];
  expect(parseSeries(seriesText(series))).toEqual(series);
});

test.each([undefined, "", "nonsense", ":x", "d:"])("%j names no series", (text) =>
  expect(parseSeries(text)).toEqual([]),
);

test("without aggregation the server is asked for what can be drawn, with it for buckets", () => {
  const range = { fromTs: 0, untilTs: 200_000_000 };
  expect(historyParameters("t", range, "NONE", "DAY", 900)).toMatchObject({ pixels: 900 });
  expect(historyParameters("t", range, "AVG", "auto", 900)).toMatchObject({
    agg: "AVG",
    interval: 1_000_000,
  });
  expect(historyParameters("t", range, "SUM", "DAY", 900)).toMatchObject({ agg: "SUM", intervalType: "DAY" });
});

const series = [
  [
    { ts: 2_000, value: 5 },
    { ts: 1_000, value: 1 },
  ],
  [{ ts: 1_000, value: 'say "hi", now' }],
];

test("series are joined by time", () => {
  expect(rowsOf(series)).toEqual([
    { ts: 1_000, values: [1, 'say "hi", now'] },
    { ts: 2_000, values: [5, undefined] },
  ]);
  expect(columnsOf(rowsOf(series), 2)).toEqual([
    [1_000, 2_000],
    [1, 5],
    [null, null],
  ]);
});

test("as CSV, cells are quoted where they must be and no cell is a formula", () => {
  expect(csvOf(["a", "b"], rowsOf(series))).toBe(
    'time,a,b\r\n1970-01-01T00:00:01.000Z,1,"say ""hi"", now"\r\n1970-01-01T00:00:02.000Z,5,',
  );
  expect(csvOf(["a"], [{ ts: 0, values: ["=1+1"] }])).toContain("'=1+1");
  expect(csvOf(["a"], [{ ts: 0, values: [-5] }])).toContain(",-5");
});

test("a summary counts numbers only", () => {
  expect(summaryOf(series[0] ?? [])).toEqual({ count: 2, min: 1, max: 5, average: 3 });
  expect(summaryOf(series[1] ?? [])).toBeNull();
});
