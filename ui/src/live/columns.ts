/// Points of several series on one time axis, in rings: appending costs the same however many are kept, and
/// what a chart draws is a view into the ring, not a copy.
///
/// Each ring is a mirrored Float64Array: every value is written twice, n apart, so that the newest n values
/// always lie side by side. Where a series has no value at a time, the ring holds NaN.
export class LiveColumns {
  private readonly times: Float64Array;
  private readonly values: Float64Array[];
  private readonly holes: number[];
  private start = 0;
  private length = 0;

  constructor(
    seriesCount: number,
    private readonly capacity: number,
  ) {
    this.times = new Float64Array(2 * capacity);
    this.values = Array.from({ length: seriesCount }, () => new Float64Array(2 * capacity));
    this.holes = new Array(seriesCount).fill(0);
  }

  get lastTime(): number {
    return this.length === 0 ? Number.NEGATIVE_INFINITY : this.timeAt(this.length - 1);
  }

  /// Adds one value at its time; the last write to a time wins. When full, the oldest time makes room, and
  /// a value older than that is left out.
  add(series: number, time: number, value: number): void {
    const row = this.rowFor(time);
    const ring = this.values[series];
    if (row === null || !ring || Number.isNaN(value)) return;
    const at = this.at(row);
    if (Number.isNaN(ring[at])) this.holes[series] = (this.holes[series] ?? 0) - 1;
    this.write(ring, row, value);
  }

  /// Replaces everything by these values.
  load(rows: Iterable<[time: number, series: number, value: number]>): void {
    this.start = 0;
    this.length = 0;
    this.holes.fill(0);
    for (const [time, series, value] of rows) this.add(series, time, value);
  }

  /// Times, then one column per series: typed views where a series is complete, arrays with null where not.
  view(): [Float64Array, ...(Float64Array | (number | null)[])[]] {
    const end = this.start + this.length;
    const columns = this.values.map((ring, series) => {
      const part = ring.subarray(this.start, end);
      return this.holes[series] === 0 ? part : Array.from(part, (v) => (Number.isNaN(v) ? null : v));
    });
    return [this.times.subarray(this.start, end), ...columns];
  }

  /// The row of this time, made if there is none; almost always the last or a new last one.
  private rowFor(time: number): number | null {
    let row = this.length;
    while (row > 0 && this.timeAt(row - 1) >= time) row--;
    if (row < this.length && this.timeAt(row) === time) return row;
    if (this.length === this.capacity) {
      if (row === 0) return null;
      this.dropOldest();
      row--;
    }
    this.insert(row, time);
    return row;
  }

  private insert(row: number, time: number): void {
    for (let later = this.length++; later > row; later--) this.move(later - 1, later);
    this.write(this.times, row, time);
    for (const [series, ring] of this.values.entries()) {
      this.write(ring, row, Number.NaN);
      this.holes[series] = (this.holes[series] ?? 0) + 1;
    }
  }

  private move(source: number, target: number): void {
    for (const ring of [this.times, ...this.values])
      this.write(ring, target, ring[this.at(source)] as number);
  }

  private dropOldest(): void {
    for (const [series, ring] of this.values.entries())
      if (Number.isNaN(ring[this.start])) this.holes[series] = (this.holes[series] ?? 0) - 1;
    this.start = (this.start + 1) % this.capacity;
    this.length--;
  }

  private timeAt(row: number): number {
    return this.times[this.at(row)] as number;
  }

  private at(row: number): number {
    return (this.start + row) % this.capacity;
  }

  private write(ring: Float64Array, row: number, value: number): void {
    const at = this.at(row);
    ring[at] = value;
    ring[at + this.capacity] = value;
  }
}
