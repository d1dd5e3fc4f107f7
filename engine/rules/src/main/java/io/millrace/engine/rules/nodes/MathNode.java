package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes a number from the message, attributes and latest values, and puts or stores it.
final class MathNode implements RuleNode {
  private static final int EXPRESSION_CHARS_MAX = 256;

  static final NodeType<Settings> TYPE =
      NodeType.action("math function", Settings.class, MathNode::new)
          .summary("Computes a number and puts it into the message or stores it.")
          .alias("org.thingsboard.rule.engine.math.TbMathNode");

  enum Place {
    ATTRIBUTE,
    TIME_SERIES,
    MESSAGE_BODY,
    MESSAGE_METADATA,
    CONSTANT
  }

  record Argument(
      @Doc("Name in the expression.") String name,
      @Doc("Where the number is.") Place type,
      @Doc("Its key, or the constant; may hold patterns.") String key,
      @Doc("Scope of an attribute.") @Default("SERVER_SCOPE") AttributeScope attributeScope,
      @Doc("The number when there is none.") String defaultValue) {}

  record Result(
      @Doc("Where the number goes.") Place type,
      @Doc("Its key; may hold patterns.") String key,
      @Doc("Digits after the point; 0 makes it whole.") int resultValuePrecision,
      @Doc("Put it into the body as well.") boolean addToBody,
      @Doc("Put it into the metadata as well.") boolean addToMetadata,
      @Doc("Scope of an attribute.") @Default("SERVER_SCOPE") AttributeScope attributeScope) {}

  record Settings(
      @Doc("What to compute.") @Default("CUSTOM") MathOperation operation,
      @Doc("Of what.") List<Argument> arguments,
      @Doc("The expression, for CUSTOM.") String customFunction,
      @Doc("Where the result goes.") Result result) {}

  private final Settings settings;
  private final NodeSetup setup;
  private final Result result;
  private final MathExpression expression;

  MathNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.result = settings.result();
    int count = settings.arguments().size();
    if (!settings.operation().takes(count)) {
      throw new IllegalArgumentException(
          "%s does not take %d arguments.".formatted(settings.operation(), count));
    }
    if (result.type() == Place.CONSTANT) {
      throw new IllegalArgumentException("The result cannot go to a CONSTANT.");
    }
    this.expression = expression(settings);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var values =
        settings.arguments().stream()
            .mapToDouble(argument -> argument(argument, message, context))
            .toArray();
    double value =
        settings.operation() == MathOperation.CUSTOM
            ? expression.value(values)
            : settings.operation().apply(values[0], values.length > 1 ? values[1] : 0);
    if (!Double.isFinite(value)) {
      return Outcome.failed(
          message, "%s of %s is %s.".formatted(settings.operation(), settings.arguments(), value));
    }
    return Outcome.success(stored(rounded(value), message, context));
  }

  private JsonValue rounded(double value) {
    boolean isWhole = result.resultValuePrecision() == 0 || settings.operation().isWhole();
    if (isWhole) {
      return new JsonLong((long) value); // ThingsBoard cuts off
    }
    return new JsonDouble(
        BigDecimal.valueOf(value)
            .setScale(result.resultValuePrecision(), RoundingMode.HALF_UP)
            .doubleValue());
  }

  private RuleMessage stored(JsonValue value, RuleMessage message, NodeContext context) {
    var key = Template.of(result.key()).fill(message);
    var added = JsonObject.of(key, value);
    return switch (result.type()) {
      case MESSAGE_BODY -> KeySource.DATA.add(message, added);
      case MESSAGE_METADATA -> KeySource.METADATA.add(message, added);
      case ATTRIBUTE -> {
        setup
            .attributes()
            .save(
                context.commit(),
                message.originator(),
                result.attributeScope(),
                List.of(new Attribute(key, value, context.now())));
        yield copied(message, added);
      }
      case TIME_SERIES -> {
        setup
            .timeseries()
            .save(
                context.commit(),
                message.originator(),
                List.of(new Point(key, context.now(), value)));
        yield copied(message, added);
      }
      case CONSTANT -> message;
    };
  }

  private RuleMessage copied(RuleMessage message, JsonObject added) {
    var copied = result.addToBody() ? KeySource.DATA.add(message, added) : message;
    return result.addToMetadata() ? KeySource.METADATA.add(copied, added) : copied;
  }

  private double argument(Argument argument, RuleMessage message, NodeContext context) {
    if (argument.type() == Place.CONSTANT) {
      return number(argument, new JsonString(argument.key()));
    }
    var key = Template.of(argument.key()).fill(message);
    return number(argument, find(argument, key, message, context));
  }

  private @Nullable JsonValue find(
      Argument argument, String key, RuleMessage message, NodeContext context) {
    var reader = new AttributesReader(setup, message.originator(), message, context);
    return switch (argument.type()) {
      case MESSAGE_BODY -> KeySource.DATA.of(message).get(key);
      case MESSAGE_METADATA -> message.metadata().get(key);
      case ATTRIBUTE ->
          reader.attributes(argument.attributeScope(), List.of(key)).stream()
              .findFirst()
              .map(Attribute::value)
              .orElse(null);
      case TIME_SERIES ->
          reader.latest(List.of(key)).stream().findFirst().map(Point::value).orElse(null);
      case CONSTANT -> null;
    };
  }

  private static double number(Argument argument, @Nullable JsonValue value) {
    var text = value == null ? argument.defaultValue() : value.asText();
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The argument %s (%s %s) is \"%s\", which is not a number."
              .formatted(argument.name(), argument.type(), argument.key(), text),
          e);
    }
  }

  private static MathExpression expression(Settings settings) {
    if (settings.operation() != MathOperation.CUSTOM) {
      return MathExpression.of("0", List.of());
    }
    if (settings.customFunction().length() > EXPRESSION_CHARS_MAX) {
      throw new IllegalArgumentException(
          "customFunction has more than %d characters.".formatted(EXPRESSION_CHARS_MAX));
    }
    return MathExpression.of(
        settings.customFunction(), settings.arguments().stream().map(Argument::name).toList());
  }
}
