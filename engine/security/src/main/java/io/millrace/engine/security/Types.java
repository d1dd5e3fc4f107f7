package io.millrace.engine.security;

import java.util.ArrayList;
import java.util.List;

/// Sets of the types that an expression may turn out to have, as bits.
final class Types {
  static final int NULL = 1;
  static final int BOOLEAN = 2;
  static final int NUMBER = 4;
  static final int STRING = 8;
  static final int OBJECT = 16;
  static final int SNAPSHOT = 32;
  static final int QUERY = 64;
  static final int LIST = 128;
  static final int PATTERN = 256;

  /// Has properties of any name: `auth` and what is in it.
  static final int PROPERTIES = 512;

  /// What a node's value may be.
  static final int VALUE = NULL | BOOLEAN | NUMBER | STRING | OBJECT;

  static final int CLAIM = VALUE | PROPERTIES;
  static final int PRIMITIVE = NULL | BOOLEAN | NUMBER | STRING;

  private Types() {}

  static boolean may(int types, int wanted) {
    return (types & wanted) != 0;
  }

  /// Whether it can be nothing but `wanted`.
  static boolean must(int types, int wanted) {
    return types == wanted;
  }

  /// Whether it is one type only.
  static boolean isCertain(int types) {
    return Integer.bitCount(types) == 1;
  }

  static String names(int types) {
    var names = new ArrayList<String>();
    var all =
        List.of(
            "null",
            "boolean",
            "number",
            "string",
            "object",
            "snapshot",
            "query",
            "array",
            "pattern");
    for (int i = 0; i < all.size(); i++) {
      if ((types & 1 << i) != 0) {
        names.add(all.get(i));
      }
    }
    return String.join(" or ", names);
  }
}
