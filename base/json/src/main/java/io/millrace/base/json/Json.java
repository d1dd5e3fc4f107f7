package io.millrace.base.json;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Text to [JsonValue]. Strict RFC 8259: no NaN, no comments, nothing after the value.
///
/// Bounds: nesting of 256, numbers of 1,000 digits, strings of 20 million characters.
/// The way back is `toString` of the value.
public final class Json {
  private static final int DEPTH_MAX = 256;
  private static final Pattern NOT_A_NUMBER = Pattern.compile("^Non-standard token '([^']*)'");
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(1_000)
                  .maxStringLength(20_000_000)
                  .build())
          .build();

  private Json() {}

  /// The one JSON value that `text` is.
  ///
  /// @throws JsonSyntaxException when `text` is not exactly one JSON value
  public static JsonValue parse(String text) {
    return parse(() -> FACTORY.createParser(ObjectReadContext.empty(), text));
  }

  /// The one JSON value that `utf8` is.
  ///
  /// @throws JsonSyntaxException when `utf8` is not exactly one JSON value
  public static JsonValue parse(byte[] utf8) {
    return parse(() -> FACTORY.createParser(ObjectReadContext.empty(), utf8));
  }

  /// Reads to the end and closes the stream.
  ///
  /// @throws JsonSyntaxException when `utf8` is not exactly one JSON value
  public static JsonValue parse(InputStream utf8) {
    return parse(() -> FACTORY.createParser(ObjectReadContext.empty(), utf8));
  }

  /// Tells `visitor` what the one JSON value of a stream is made of, in order; closes it.
  ///
  /// @throws JsonSyntaxException when `utf8` is not exactly one JSON value; parts of it were told
  public static void walk(InputStream utf8, JsonVisitor visitor) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      try {
        walk(parser, visitor);
      } catch (JacksonException e) {
        throw at(parser.currentLocation(), firstLine(e.getOriginalMessage()));
      }
    }
  }

  private static void walk(JsonParser parser, JsonVisitor visitor) {
    if (parser.nextToken() == null) {
      throw new JsonSyntaxException("Not JSON: the text is empty");
    }
    int depth = 0;
    do {
      switch (parser.currentToken()) {
        case START_OBJECT -> visitor.object();
        case START_ARRAY -> visitor.array();
        case END_OBJECT, END_ARRAY -> visitor.end();
        case PROPERTY_NAME -> visitor.name(parser.currentName());
        default -> visitor.scalar(value(parser));
      }
      depth +=
          parser.currentToken().isStructStart() ? 1 : parser.currentToken().isStructEnd() ? -1 : 0;
    } while (parser.nextToken() != null && depth > 0);
    if (parser.currentToken() != null) {
      throw at(parser.currentTokenLocation(), "there is more text after the value");
    }
  }

  public static byte[] bytes(JsonValue value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// A [JsonLong] when `number` is whole and was not written as a fraction, for values that come
  /// from Java code rather than from text.
  public static JsonValue number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1L << 53
        ? new JsonLong((long) number)
        : new JsonDouble(number);
  }

  private static JsonValue parse(Supplier<JsonParser> source) {
    try (var parser = source.get()) {
      try {
        return only(parser);
      } catch (JacksonException e) { // its own location is absent when a limit was hit
        throw at(parser.currentLocation(), firstLine(e.getOriginalMessage()));
      }
    }
  }

  private static JsonValue only(JsonParser parser) {
    if (parser.nextToken() == null) {
      throw new JsonSyntaxException("Not JSON: the text is empty");
    }
    var value = value(parser);
    if (parser.nextToken() != null) {
      throw at(parser.currentTokenLocation(), "there is more text after the value");
    }
    return value;
  }

  private static JsonValue value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonString(parser.getString());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw at(parser.currentTokenLocation(), "unexpected " + parser.currentToken());
    };
  }

  private static JsonObject object(JsonParser parser) {
    var builder = JsonObject.builder();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      builder.put(name, value(parser));
    }
    return builder.build();
  }

  private static JsonArray array(JsonParser parser) {
    var values = new ArrayList<JsonValue>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return new JsonArray(values);
  }

  private static JsonValue whole(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> new JsonLong(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> fraction(parser);
    };
  }

  private static JsonValue fraction(JsonParser parser) {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw at(
          parser.currentTokenLocation(),
          "the number " + parser.getString() + " does not fit 64 bits");
    }
    return new JsonDouble(number);
  }

  private static JsonSyntaxException at(TokenStreamLocation place, String what) {
    return new JsonSyntaxException(
        "Not JSON: %s (line %d, column %d)"
            .formatted(what, place.getLineNr(), place.getColumnNr()));
  }

  /// The parser's words, less its hints at options that are not to be had here.
  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    var line = end < 0 ? message : message.substring(0, end);
    var word = NOT_A_NUMBER.matcher(line);
    return word.find() ? word.group(1) + " is not a JSON number" : line;
  }
}
