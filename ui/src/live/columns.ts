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
    return this.length === 0 ? Number.NEGATIVE_INFINITY : (this.times[this.last()] as number);
  }

  /// Adds one value. A time older than the newest is refused (false): read the history again to see it.
  add(series: number, time: number, value: number): boolean {
    if (time < this.lastTime) return false;
    if (time > this.lastTime) this.addRow(time);
    this.fill(series, this.last(), value);
    return true;
  }

  /// Replaces everything by rows that are sorted by time.
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

  private last(): number {
    return (this.start + this.length - 1) % this.capacity;
  }

  private addRow(time: number): void {
    if (this.length === this.capacity) this.dropOldest();
    this.length++;
    const at = this.last();
    write(this.times, at, this.capacity, time);
    for (const [series, ring] of this.values.entries()) {
      write(ring, at, this.capacity, Number.NaN);
      this.holes[series] = (this.holes[series] ?? 0) + 1;
    }
  }

  private dropOldest(): void {
    for (const [series, ring] of this.values.entries())
      if (Number.isNaN(ring[this.start])) this.holes[series] = (this.holes[series] ?? 0) - 1;
    this.start = (this.start + 1) % this.capacity;
    this.length--;
  }

  private fill(series: number, at: number, value: number): void {
    const ring = this.values[series];
    if (!ring || Number.isNaN(value)) return;
    if (Number.isNaN(ring[at])) this.holes[series] = (this.holes[series] ?? 0) - 1;
    write(ring, at, this.capacity, value);
  }
}

function write(ring: Float64Array, at: number, capacity: number, value: number): void {
  ring[at] = value;
  ring[at + capacity] = value;
}
