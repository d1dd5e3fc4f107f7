package io.millrace.engine.security;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.Node;

/// What an expression evaluates to. Numbers are doubles, as in JavaScript.
sealed interface RuleValue permits RuleValue.Plain, Snapshot {
  /// What may be compared for equality.
  sealed interface Plain extends RuleValue {}

  enum Nothing implements Plain {
    NULL
  }

  record Flag(boolean value) implements Plain {}

  record Numeric(double value) implements Plain {}

  record Text(String value) implements Plain {}

  /// A part of `auth` with properties.
  record Claims(JsonValue json) implements Plain {}

  /// The value of a node with children: only equal or not.
  record Tree(Node node) implements Plain {}

  static RuleValue of(boolean value) {
    return new Flag(value);
  }

  static RuleValue of(double value) {
    return new Numeric(value);
  }

  static RuleValue of(String value) {
    return new Text(value);
  }

  static RuleValue of(Node node) {
    return switch (node) {
      case Leaf leaf -> of(leaf.value());
      case Branch branch -> branch.isEmpty() ? Nothing.NULL : new Tree(branch);
    };
  }

  static RuleValue of(JsonValue json) {
    return switch (json) {
      case JsonNull _ -> Nothing.NULL;
      case JsonBoolean flag -> of(flag.value());
      case JsonLong(var number) -> of((double) number);
      case JsonDouble(var number) -> of(number);
      case JsonString(var text) -> of(text);
      case JsonObject _, JsonArray _ -> new Claims(json);
    };
  }

  /// As a person would call it, in messages.
  default String kind() {
    return switch (this) {
      case Nothing _ -> "null";
      case Flag _ -> "a boolean";
      case Numeric _ -> "a number";
      case Text _ -> "a string";
      case Claims _, Tree _ -> "an object";
      case Snapshot _ -> "a snapshot";
    };
  }
}
