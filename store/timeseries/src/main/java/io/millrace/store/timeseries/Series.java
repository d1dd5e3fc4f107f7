package io.millrace.store.timeseries;

import io.millrace.base.json.JsonValue;
import java.nio.LongBuffer;
import java.util.Arrays;

/// Points of one key, times and values side by side, ascending and each ts once when [#settle]d.
///
/// Hot: points are appended as they come; those that come late are put in their place when somebody
/// looks. Not for several threads.
final class Series {
  private static final int ROOM = 2; // of a million slow series, most have few points here
  private static final int SMALL = 512; // long arrays grow less: the collector has to move them
  private long[] ts;
  private Values values;
  private int size;
  private int settled; // so many at the start are ascending, each ts once

  Series() {
    this(ROOM);
  }

  Series(int room) {
    ts = new long[room];
    values = new Values(room);
  }

  private Series(long[] ts, Values values, int size) {
    this.ts = ts;
    this.values = values;
    this.size = size;
    settled = size;
  }

  /// Takes the arrays over; they are ascending, each ts once.
  static Series of(long[] ts, Values values) {
    return new Series(ts, values, ts.length);
  }

  /// Adds a point; one of the same ts that was added before is replaced.
  ///
  /// @return by how much the arrays became longer: 0 or 1
  int add(long at, JsonValue value) {
    if (size > 0 && settled == size) {
      long last = ts[size - 1];
      if (at == last) {
        values.set(size - 1, value, size);
        return 0;
      }
      settled += at > last ? 1 : 0;
    } else if (size == 0) {
      settled = 1;
    }
    if (size == ts.length) {
      grow(size < SMALL ? Math.max(ROOM, size * 2) : size + (size >> 2));
    }
    ts[size] = at;
    values.set(size, value, size);
    size++;
    return 1;
  }

  /// Adds all points of a settled series.
  void addAll(Series more) {
    if (more.size > 0 && settled == size && (size == 0 || more.ts[0] > ts[size - 1])) {
      append(more, 0, more.size);
      return;
    }
    for (int i = 0; i < more.size; i++) {
      add(more.ts[i], more.value(i));
    }
  }

  int size() {
    settle();
    return size;
  }

  long ts(int i) {
    return ts[i];
  }

  JsonValue value(int i) {
    return values.get(i);
  }

  /// Tells the sink the point at `i`.
  void tell(int i, PointSink sink) {
    values.tell(i, ts[i], sink);
  }

  /// The values without their times; `i` here is `i` there.
  Values values() {
    return values;
  }

  /// The times of the points from `from` to `until`.
  long[] times(int from, int until) {
    return Arrays.copyOfRange(ts, from, until);
  }

  /// The ts of all points, equal to another's when the points are at the same times.
  LongBuffer times() {
    settle();
    return LongBuffer.wrap(ts, 0, size);
  }

  /// The points from `fromTs` (inclusive) to `untilTs` (exclusive).
  Series slice(long fromTs, long untilTs) {
    settle();
    return copy(indexOf(fromTs), indexOf(untilTs));
  }

  /// The same of a series that nobody changes any more: itself, where it lies in there.
  Series within(long fromTs, long untilTs) {
    int all = size();
    boolean isInside = all == 0 || (ts[0] >= fromTs && ts[all - 1] < untilTs);
    return isInside ? this : slice(fromTs, untilTs);
  }

  /// The first or the last `limit` points, whichever the order begins with.
  Series cut(Order order, int limit) {
    settle();
    if (size <= limit) {
      return this;
    }
    return order == Order.ASC ? copy(0, limit) : copy(size - limit, size);
  }

  /// The points outside `fromTs` (inclusive) to `untilTs` (exclusive).
  Series without(long fromTs, long untilTs) {
    settle();
    int from = indexOf(fromTs);
    int until = Math.max(from, indexOf(untilTs));
    if (from == until) {
      return this;
    }
    var rest = copy(0, from);
    rest.append(this, until, size);
    return rest;
  }

  /// The points of both; where both have one, that of `newer`.
  static Series merged(Series older, Series newer) {
    older.settle();
    newer.settle();
    if (older.size == 0) {
      return newer;
    }
    if (newer.size == 0) {
      return older;
    }
    var both = new Series(older.size + newer.size);
    if (newer.ts[0] > older.ts[older.size - 1]) {
      both.append(older, 0, older.size);
      both.append(newer, 0, newer.size);
      return both;
    }
    int i = 0;
    for (int j = 0; j < newer.size; j++) {
      int until = older.gallop(i, newer.ts[j]);
      both.append(older, i, until);
      i = until < older.size && older.ts[until] == newer.ts[j] ? until + 1 : until;
      both.append(newer, j, j + 1);
    }
    both.append(older, i, older.size);
    return both;
  }

  /// Puts late points in their place. A point that was added later wins over one of the same ts.
  private void settle() {
    if (settled == size) {
      return;
    }
    var late = new Integer[size - settled];
    Arrays.setAll(late, i -> settled + i);
    Arrays.sort(late, (a, b) -> Long.compare(ts[a], ts[b])); // stable: the later stays behind
    var tail = new Series(late.length);
    for (int i : late) {
      tail.add(ts[i], values.get(i));
    }
    size = settled;
    var both = merged(this, tail);
    ts = both.ts;
    values = both.values;
    size = both.size;
    settled = size;
  }

  /// The first index from `from` on whose ts is not before `at`; quick when it is near.
  private int gallop(int from, long at) {
    if (from >= size || ts[from] >= at) {
      return from;
    }
    int found = Arrays.binarySearch(ts, from, size, at);
    return found < 0 ? -found - 1 : found;
  }

  private int indexOf(long at) {
    int found = Arrays.binarySearch(ts, 0, size, at);
    return found < 0 ? -found - 1 : found;
  }

  private Series copy(int from, int until) {
    int end = Math.max(from, until);
    return new Series(Arrays.copyOfRange(ts, from, end), values.copy(from, end), end - from);
  }

  private void append(Series other, int from, int until) {
    int count = until - from;
    if (size + count > ts.length) {
      grow(Math.max(size + count, size + (size >> 1)));
    }
    System.arraycopy(other.ts, from, ts, size, count);
    values.append(other.values, from, count, size);
    size += count;
    settled = size;
  }

  private void grow(int room) {
    ts = Arrays.copyOf(ts, room);
    values.grow(room);
  }
}
