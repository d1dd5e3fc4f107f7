import { expect, test } from "vitest";
import { LiveColumns } from "./columns";

/// The same rules over plain arrays, to compare with.
class NaiveColumns {
  rows: { time: number; values: (number | null)[] }[] = [];
  constructor(
    private readonly series: number,
    private readonly capacity: number,
  ) {}
  add(series: number, time: number, value: number): void {
    let row = this.rows.find((known) => known.time === time);
    if (!row) {
      const isFull = this.rows.length === this.capacity;
      if (isFull && time < (this.rows[0]?.time ?? 0)) return;
      if (isFull) this.rows.shift();
      row = { time, values: new Array(this.series).fill(null) };
      this.rows = [...this.rows, row].sort((a, b) => a.time - b.time);
    }
    row.values[series] = value;
  }
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

test.each([1, 2, 3, 42])("rings hold what plain arrays would hold (seed %i)", (seed) => {
  const next = random(seed);
  const columns = new LiveColumns(3, 16);
  const naive = new NaiveColumns(3, 16);
  let time = 1000;
  for (let i = 0; i < 500; i++) {
    time += Math.floor(next() * 8) - 3;
    const series = Math.floor(next() * 3);
    columns.add(series, time, i);
    naive.add(series, time, i);
    const [times, ...values] = columns.view();
    expect([...times]).toEqual(naive.rows.map((row) => row.time));
    for (let s = 0; s < 3; s++) expect([...(values[s] ?? [])]).toEqual(naive.rows.map((r) => r.values[s]));
  }
});

test("a complete series is a view, not a copy", () => {
  const columns = new LiveColumns(1, 4);
  for (let i = 0; i < 10; i++) columns.add(0, i, i * i);
  const [times, values] = columns.view();
  expect(times).toBeInstanceOf(Float64Array);
  expect(values).toBeInstanceOf(Float64Array);
  expect([...times]).toEqual([6, 7, 8, 9]);
});

test("loading replaces what was there", () => {
  const columns = new LiveColumns(2, 8);
  columns.add(0, 5, 1);
  columns.load([
    [1, 0, 10],
    [1, 1, 20],
    [2, 0, 11],
  ]);
  const [times, first, second] = columns.view();
  expect([...times]).toEqual([1, 2]);
  expect([...(first ?? [])]).toEqual([10, 11]);
  expect([...(second ?? [])]).toEqual([20, null]);
});
