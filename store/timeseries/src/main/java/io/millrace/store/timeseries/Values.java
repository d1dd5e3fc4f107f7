package io.millrace.store.timeseries;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonValue;
import java.util.Arrays;

/// The values of a series: 8 bytes each while all are whole numbers, all fractions or all booleans,
/// otherwise as they are. Hot: numbers are not objects here, which the collector would have to
// move.
final class Values {
  /// What all values are.
  enum Kind {
    NONE,
    WHOLES,
    FRACTIONS,
    BOOLEANS,
    MIXED
  }

  private static final long[] NO_BITS = {};
  private static final JsonValue[] NO_VALUES = {};

  private Kind kind = Kind.NONE;
  private int room;
  private long[] bits = NO_BITS;
  private JsonValue[] values = NO_VALUES;

  Values(int room) {
    this.room = room;
  }

  /// Takes the array over: whole numbers, the raw bits of doubles, or 0 and 1.
  static Values of(Kind kind, long[] bits) {
    var values = new Values(bits.length);
    values.kind = kind;
    values.bits = bits;
    return values;
  }

  static Values of(JsonValue[] boxed) {
    var values = new Values(boxed.length);
    for (int i = 0; i < boxed.length; i++) {
      values.set(i, boxed[i], i);
    }
    return values;
  }

  Kind kind() {
    return kind;
  }

  /// Sets the value at `i`; there are `size` others.
  void set(int i, JsonValue value, int size) {
    switch (value) {
      case JsonDouble(double number) when is(Kind.FRACTIONS) ->
          bits[i] = Double.doubleToRawLongBits(number);
      case JsonLong(long number) when is(Kind.WHOLES) -> bits[i] = number;
      case JsonBoolean truth when is(Kind.BOOLEANS) -> bits[i] = truth.value() ? 1 : 0;
      default -> {
        box(size);
        values[i] = value;
      }
    }
  }

  JsonValue get(int i) {
    return switch (kind) {
      case WHOLES -> new JsonLong(bits[i]);
      case FRACTIONS -> new JsonDouble(Double.longBitsToDouble(bits[i]));
      case BOOLEANS -> JsonBoolean.of(bits[i] != 0);
      case MIXED -> values[i];
      case NONE -> throw new IndexOutOfBoundsException(i);
    };
  }

  /// Tells the sink the value at `i` without making an object of a number.
  void tell(int i, long ts, PointSink sink) {
    switch (kind) {
      case WHOLES -> sink.whole(ts, bits[i]);
      case FRACTIONS -> sink.fraction(ts, Double.longBitsToDouble(bits[i]));
      default -> sink.point(ts, get(i));
    }
  }

  /// The 8 bytes of those from `from` to `until`, where all values are of one kind.
  long[] bits(int from, int until) {
    return Arrays.copyOfRange(bits, from, until);
  }

  JsonValue[] boxed(int from, int until) {
    if (kind == Kind.MIXED) {
      return Arrays.copyOfRange(values, from, until);
    }
    var boxed = new JsonValue[until - from];
    Arrays.setAll(boxed, i -> get(from + i));
    return boxed;
  }

  Values copy(int from, int until) {
    var copy = new Values(until - from);
    copy.kind = kind;
    switch (kind) {
      case NONE -> {}
      case MIXED -> copy.values = Arrays.copyOfRange(values, from, until);
      default -> copy.bits = Arrays.copyOfRange(bits, from, until);
    }
    return copy;
  }

  /// Copies `count` of the other's values to behind the `size` that are here; there is room.
  void append(Values other, int from, int count, int size) {
    if (count == 0) {
      return;
    }
    if (other.kind == Kind.MIXED) {
      box(size);
      System.arraycopy(other.values, from, values, size, count);
    } else if (is(other.kind)) {
      System.arraycopy(other.bits, from, bits, size, count);
    } else {
      for (int i = 0; i < count; i++) {
        set(size + i, other.get(from + i), size + i);
      }
    }
  }

  void grow(int more) {
    room = more;
    switch (kind) {
      case NONE -> {}
      case MIXED -> values = Arrays.copyOf(values, more);
      default -> bits = Arrays.copyOf(bits, more);
    }
  }

  /// Whether all values are of this kind; none are of any.
  private boolean is(Kind wanted) {
    if (kind == Kind.NONE) {
      kind = wanted;
      bits = new long[room];
    }
    return kind == wanted;
  }

  private void box(int size) {
    if (kind != Kind.MIXED) {
      values = Arrays.copyOf(boxed(0, kind == Kind.NONE ? 0 : size), room);
      bits = NO_BITS;
      kind = Kind.MIXED;
    }
  }
}
