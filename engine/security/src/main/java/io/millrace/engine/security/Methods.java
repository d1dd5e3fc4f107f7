package io.millrace.engine.security;

import java.util.List;
import java.util.Map;

/// The methods of snapshots and strings: what they take and what they give.
final class Methods {
  /// @param arguments types of each argument
  record Signature(List<Integer> arguments, int result) {}

  static final String HAS_CHILDREN = "hasChildren";

  private static final List<Integer> NONE = List.of();
  private static final List<Integer> ONE_STRING = List.of(Types.STRING);

  static final Map<String, Signature> OF_SNAPSHOTS =
      Map.of(
          "val",
          new Signature(NONE, Types.VALUE),
          "exists",
          new Signature(NONE, Types.BOOLEAN),
          "child",
          new Signature(ONE_STRING, Types.SNAPSHOT),
          "parent",
          new Signature(NONE, Types.SNAPSHOT),
          "hasChild",
          new Signature(ONE_STRING, Types.BOOLEAN),
          HAS_CHILDREN,
          new Signature(List.of(Types.LIST), Types.BOOLEAN),
          "getPriority",
          new Signature(NONE, Types.NULL | Types.NUMBER | Types.STRING),
          "isString",
          new Signature(NONE, Types.BOOLEAN),
          "isNumber",
          new Signature(NONE, Types.BOOLEAN),
          "isBoolean",
          new Signature(NONE, Types.BOOLEAN));

  static final Map<String, Signature> OF_STRINGS =
      Map.of(
          "contains", new Signature(ONE_STRING, Types.BOOLEAN),
          "beginsWith", new Signature(ONE_STRING, Types.BOOLEAN),
          "endsWith", new Signature(ONE_STRING, Types.BOOLEAN),
          "replace", new Signature(List.of(Types.STRING, Types.STRING), Types.STRING),
          "toLowerCase", new Signature(NONE, Types.STRING),
          "toUpperCase", new Signature(NONE, Types.STRING),
          "matches", new Signature(List.of(Types.PATTERN), Types.BOOLEAN));

  static final Map<String, Integer> QUERY_PROPERTIES =
      Map.of(
          "orderByChild", Types.NULL | Types.STRING,
          "orderByKey", Types.BOOLEAN,
          "orderByValue", Types.BOOLEAN,
          "orderByPriority", Types.BOOLEAN,
          "startAt", Types.PRIMITIVE,
          "endAt", Types.PRIMITIVE,
          "equalTo", Types.PRIMITIVE,
          "limitToFirst", Types.NULL | Types.NUMBER,
          "limitToLast", Types.NULL | Types.NUMBER);

  private Methods() {}
}
