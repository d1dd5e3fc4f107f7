package io.millrace.store.realtime;

import java.util.Comparator;

/// The order of child keys, and which strings may be one.
///
/// Keys that look like 32-bit whole numbers come first, by number; equal numbers by length (`1`
/// before `01`). All others follow by UTF-16 code unit, as in the SDKs.
public final class ChildKey {
  /// The order in which children are kept and shown.
  public static final Comparator<String> ORDER = ChildKey::compare;

  private static final long NOT_A_NUMBER = Long.MIN_VALUE;
  private static final int DIGITS_MAX = 10;

  private ChildKey() {}

  public static int compare(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    long numberA = number(a);
    long numberB = number(b);
    if (numberA == NOT_A_NUMBER) {
      return numberB == NOT_A_NUMBER ? a.compareTo(b) : 1;
    }
    if (numberB == NOT_A_NUMBER) {
      return -1;
    }
    if (numberA != numberB) {
      return Long.compare(numberA, numberB);
    }
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  /// Whether `key` counts as a number in the order.
  public static boolean isNumber(String key) {
    return number(key) != NOT_A_NUMBER;
  }

  /// Whether `key` has a character that no key may have, or is empty.
  public static boolean isMalformed(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (isForbidden(key, i)) {
        return true;
      }
    }
    return key.isEmpty();
  }

  private static boolean isForbidden(String key, int i) {
    char c = key.charAt(i);
    return switch (c) {
      case '.', '#', '$', '/', '[', ']', 0x7F -> true;
      default -> c < 0x20 || (Character.isSurrogate(c) && isAlone(key, i));
    };
  }

  private static boolean isAlone(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  /// Length of `key` in UTF-8, which is what the limit counts.
  public static int sizeBytes(String key) {
    int bytes = key.length();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c >= 0x800 && !Character.isSurrogate(c)) {
        bytes += 2;
      } else if (c >= 0x80) {
        bytes += 1; // a surrogate pair: two units, four bytes
      }
    }
    return bytes;
  }

  private static long number(String key) {
    int start = !key.isEmpty() && key.charAt(0) == '-' ? 1 : 0;
    int first = start;
    while (first < key.length() - 1 && key.charAt(first) == '0') {
      first++;
    }
    if (first == key.length() || key.length() - first > DIGITS_MAX) {
      return NOT_A_NUMBER;
    }
    long number = 0;
    for (int i = first; i < key.length(); i++) {
      int digit = key.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NOT_A_NUMBER;
      }
      number = number * 10 + digit;
    }
    number = start == 1 ? -number : number;
    return number == (int) number ? number : NOT_A_NUMBER;
  }
}
