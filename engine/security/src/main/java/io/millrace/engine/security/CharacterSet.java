package io.millrace.engine.security;

import java.util.ArrayList;
import java.util.List;

/// Which characters one place of a pattern takes.
///
/// @param isNegated whether it takes all others instead
record CharacterSet(List<Range> ranges, boolean isNegated) {
  record Range(char first, char last) {}

  static final CharacterSet DIGITS = of(new Range('0', '9'));
  static final CharacterSet WORD =
      of(new Range('a', 'z'), new Range('A', 'Z'), new Range('0', '9'), new Range('_', '_'));
  static final CharacterSet SPACE =
      of(
          new Range('\t', '\r'),
          new Range(' ', ' '),
          new Range((char) 0xA0, (char) 0xA0),
          new Range((char) 0x1680, (char) 0x1680),
          new Range((char) 0x2000, (char) 0x200A),
          new Range((char) 0x2028, (char) 0x2029),
          new Range((char) 0x202F, (char) 0x202F),
          new Range((char) 0x205F, (char) 0x205F),
          new Range((char) 0x3000, (char) 0x3000),
          new Range((char) 0xFEFF, (char) 0xFEFF));

  /// What `.` takes: all but ends of lines.
  static final CharacterSet ANY =
      new CharacterSet(
          List.of(
              new Range('\n', '\n'),
              new Range('\r', '\r'),
              new Range((char) 0x2028, (char) 0x2029)),
          true);

  static CharacterSet of(Range... ranges) {
    return new CharacterSet(List.of(ranges), false);
  }

  static CharacterSet of(char c) {
    return of(new Range(c, c));
  }

  CharacterSet negated() {
    return new CharacterSet(ranges, !isNegated);
  }

  /// All characters of both; only for sets that are not negated twice over.
  CharacterSet and(CharacterSet other) {
    var all = new ArrayList<>(positive().ranges);
    all.addAll(other.positive().ranges);
    return new CharacterSet(List.copyOf(all), false);
  }

  private CharacterSet positive() {
    if (!isNegated) {
      return this;
    }
    var sorted = new ArrayList<>(ranges);
    sorted.sort(java.util.Comparator.comparingInt(Range::first));
    var gaps = new ArrayList<Range>();
    int next = 0;
    for (var range : sorted) {
      if (range.first > next) {
        gaps.add(new Range((char) next, (char) (range.first - 1)));
      }
      next = Math.max(next, range.last + 1);
    }
    if (next <= Character.MAX_VALUE) {
      gaps.add(new Range((char) next, Character.MAX_VALUE));
    }
    return new CharacterSet(List.copyOf(gaps), false);
  }

  boolean takes(char c, boolean ignoresCase) {
    boolean isIn = contains(c);
    if (!isIn && ignoresCase) {
      isIn = contains(Character.toLowerCase(c)) || contains(Character.toUpperCase(c));
    }
    return isIn != isNegated;
  }

  private boolean contains(char c) {
    for (var range : ranges) {
      if (c >= range.first && c <= range.last) {
        return true;
      }
    }
    return false;
  }
}
