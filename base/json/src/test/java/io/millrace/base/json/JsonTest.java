package io.millrace.base.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "0",
        "-1",
        "9223372036854775807",
        "1.5",
        "\"\"",
        "[]",
        "{}",
        "{\"a\":[1,{\"b\":null}],\"c\":\"\\\"\\\\\\n\"}",
        "\"\\u0000é😀\""
      })
  void whatIsWrittenIsWhatWasRead(String text) {
    var value = Json.parse(text);
    assertThat(Json.parse(value.toString())).isEqualTo(value);
    assertThat(Json.parse(Json.bytes(value))).isEqualTo(value);
  }

  @Test
  void wholeNumbersBeyond64BitsAreDoubles() {
    assertThat(Json.parse("9223372036854775808"))
        .isEqualTo(new JsonDouble(9.223372036854775808e18));
  }

  @Test
  void aNameThatComesTwiceHasItsLastValue() {
    assertThat(Json.parse("{\"a\":1,\"b\":2,\"a\":3}").toString()).isEqualTo("{\"a\":3,\"b\":2}");
  }

  @Test
  void loneSurrogatesAreEscaped() {
    assertThat(new JsonString("\ud800x").toString()).isEqualTo("\"\\ud800x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":NaN}   | NaN is not a JSON number
          {"a":1} x   | Unrecognized token
          {"a":1} 2   | more text after the value
          {"a":       | end-of-input
          1e999       | does not fit 64 bits
          {a:1}       | double-quote
          // c        | comment
          """)
  void textThatIsNotJsonIsRefusedWithItsPlace(String text, String why) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageStartingWith("Not JSON: ")
        .hasMessageContaining(why)
        .hasMessageContaining("(line 1, column ");
  }

  @Test
  void anEmptyTextIsRefused() {
    assertThatThrownBy(() -> Json.parse(new byte[0])).hasMessage("Not JSON: the text is empty");
  }

  @Test
  void nestingIsBounded() {
    assertThat(Json.parse("[".repeat(256) + "]".repeat(256))).isInstanceOf(JsonArray.class);
    assertThatThrownBy(() -> Json.parse("[".repeat(257) + "]".repeat(257)))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void generatedTreesSurviveTheWayOutAndBack() {
    for (int seed = 0; seed < 500; seed++) {
      var value = tree(new SplittableRandom(seed), 4);
      assertThat(Json.parse(value.toString())).as("seed %d", seed).isEqualTo(value);
    }
  }

  @Test
  void anyBytesAreReadOrRefused() {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new SplittableRandom(seed);
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) { // mostly JSON's own characters
        bytes[i] =
            random.nextInt(5) == 0 ? bytes[i] : (byte) "{}[]\",:0.e-tn ".charAt(bytes[i] & 7);
      }
      try {
        assertThat(Json.parse(bytes)).isNotNull();
      } catch (JsonSyntaxException e) {
        assertThat(e).as("seed %d", seed).hasMessageStartingWith("Not JSON: ");
      }
    }
  }

  @Test
  void largeObjectsFindTheirMembers() {
    var builder = JsonObject.builder();
    for (int i = 0; i < 1_000; i++) {
      builder.put("k" + i, i).put("k" + i, i + 1L);
    }
    var object = builder.build();
    assertThat(object.size()).isEqualTo(1_000);
    assertThat(object.get("k999")).isEqualTo(new JsonLong(1_000));
    assertThat(object.get("none")).isNull();
  }

  private static JsonValue tree(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.of(random.nextBoolean());
      case 2 -> new JsonLong(random.nextLong());
      case 3 -> new JsonDouble(random.nextDouble() * Math.pow(10, random.nextInt(-300, 300)));
      case 4 -> new JsonString(text(random));
      case 5 -> {
        List<JsonValue> values = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          values.add(tree(random, depth - 1));
        }
        yield new JsonArray(values);
      }
      default -> {
        var builder = JsonObject.builder();
        for (int i = random.nextInt(14); i > 0; i--) {
          builder.put(text(random), tree(random, depth - 1));
        }
        yield builder.build();
      }
    };
  }

  private static String text(SplittableRandom random) {
    var bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
