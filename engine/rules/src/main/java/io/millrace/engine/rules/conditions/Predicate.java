package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What must be true of a value.
sealed interface Predicate {
  /// Whether it is true of the value.
  ///
  /// @param slack by how much a numeric threshold may be missed: the hysteresis of an active alarm
  boolean holds(JsonValue value, Facts facts, double slack);

  /// Comparison with a number.
  record Numeric(Comparison operation, Threshold threshold) implements Predicate {
    enum Comparison {
      EQUAL,
      NOT_EQUAL,
      GREATER,
      LESS,
      GREATER_OR_EQUAL,
      LESS_OR_EQUAL
    }

    @Override
    public boolean holds(JsonValue value, Facts facts, double slack) {
      var left = Numbers.of(value);
      var right = threshold.number(facts);
      if (left == null || right == null) {
        return false;
      }
      return switch (operation) {
        case EQUAL -> left.equals(right);
        case NOT_EQUAL -> !left.equals(right);
        case GREATER -> left > right - slack;
        case LESS -> left < right + slack;
        case GREATER_OR_EQUAL -> left >= right - slack;
        case LESS_OR_EQUAL -> left <= right + slack;
      };
    }
  }

  /// Comparison with a text.
  record Text(TextMatch operation, Threshold threshold, boolean ignoresCase) implements Predicate {
    enum TextMatch {
      EQUAL,
      NOT_EQUAL,
      STARTS_WITH,
      ENDS_WITH,
      CONTAINS,
      NOT_CONTAINS,
      IN,
      NOT_IN
    }

    @Override
    public boolean holds(JsonValue value, Facts facts, double slack) {
      var left = cased(value.asText());
      var right = cased(threshold.text(facts));
      return switch (operation) {
        case EQUAL -> left.equals(right);
        case NOT_EQUAL -> !left.equals(right);
        case STARTS_WITH -> left.startsWith(right);
        case ENDS_WITH -> left.endsWith(right);
        case CONTAINS -> left.contains(right);
        case NOT_CONTAINS -> !left.contains(right);
        case IN -> isIn(left, right);
        case NOT_IN -> !isIn(left, right);
      };
    }

    private String cased(String text) {
      return ignoresCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static boolean isIn(String text, String list) {
      return Arrays.stream(list.split(",")).map(String::strip).anyMatch(text::equals);
    }
  }

  /// Comparison with true or false.
  record Truth(boolean negated, Threshold threshold) implements Predicate {
    @Override
    public boolean holds(JsonValue value, Facts facts, double slack) {
      var left = Numbers.truth(value);
      var right = Numbers.truth(threshold.of(facts));
      return left != null && right != null && left.equals(right) != negated;
    }
  }

  /// All or any of several.
  record Several(boolean isAny, List<Predicate> parts) implements Predicate {
    @Override
    public boolean holds(JsonValue value, Facts facts, double slack) {
      return isAny
          ? parts.stream().anyMatch(part -> part.holds(value, facts, slack))
          : parts.stream().allMatch(part -> part.holds(value, facts, slack));
    }
  }

  static Predicate read(JsonValue given) {
    if (!(given instanceof JsonObject json)) {
      throw new IllegalArgumentException("The predicate %s is not an object.".formatted(given));
    }
    var operation = json.text("operation", "");
    return switch (json.text("type", "")) {
      case "NUMERIC" ->
          new Numeric(
              choice(Numeric.Comparison.values(), operation), Threshold.read(json.get("value")));
      case "STRING" ->
          new Text(
              choice(Text.TextMatch.values(), operation),
              Threshold.read(json.get("value")),
              json.get("ignoreCase") == JsonBoolean.TRUE);
      case "BOOLEAN" -> new Truth(operation.equals("NOT_EQUAL"), Threshold.read(json.get("value")));
      case "COMPLEX" ->
          several(operation.equals("OR"), json.get("predicates") instanceof JsonArray a ? a : null);
      default ->
          throw new IllegalArgumentException(
              "The predicate type is \"%s\"; it must be NUMERIC, STRING, BOOLEAN or COMPLEX."
                  .formatted(json.text("type", "")));
    };
  }

  static Predicate several(boolean isAny, @Nullable JsonArray list) {
    var parts = new ArrayList<Predicate>();
    if (list != null) {
      list.values().forEach(each -> parts.add(read(each)));
    }
    return parts.size() == 1 ? parts.getFirst() : new Several(isAny, List.copyOf(parts));
  }

  private static <E extends Enum<E>> E choice(E[] all, String name) {
    for (var one : all) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "The operation is \"%s\"; it must be one of %s.".formatted(name, Arrays.toString(all)));
  }
}
