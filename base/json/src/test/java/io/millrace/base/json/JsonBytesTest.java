package io.millrace.base.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "false",
        "null",
        "0",
        "-1",
        "63",
        "64",
        "-64",
        "-65",
        "9223372036854775807",
        "-9223372036854775808",
        "0.1",
        "-0.0",
        "1.0",
        "1e300",
        "\"\"",
        "\"grün 🌡\"",
        "\"half \\ud83c of a pair\"",
        "\"\\ud83c\"",
        "{\"a\":[1,2.5,null,{\"b\":\"c\"}]}",
        "[]"
      })
  void valueComesBackEqual(String text) {
    var value = Json.parse(text);
    assertThat(JsonBytes.decode(JsonBytes.encode(value))).isEqualTo(value);
  }

  @Test
  void everyWholeNumberComesBackEqual() {
    var random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      var value = new JsonLong(random.nextLong() >> random.nextInt(64));
      assertThat(JsonBytes.decode(JsonBytes.encode(value))).isEqualTo(value);
    }
  }

  @Test
  void smallValuesAreSmall() {
    assertThat(JsonBytes.encode(JsonBoolean.TRUE)).hasSize(1);
    assertThat(JsonBytes.encode(new JsonLong(-64))).hasSize(2);
    assertThat(JsonBytes.encode(new JsonLong(8_191))).hasSize(3);
  }

  @Test
  void anyBytesDecodeOrAreRefused() {
    var random = new Random(11);
    for (int i = 0; i < 200_000; i++) {
      var bytes = new byte[random.nextInt(14)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) random.nextInt(8);
      }
      try {
        assertThat(JsonBytes.decode(bytes)).isNotNull();
      } catch (IllegalArgumentException | JsonSyntaxException refused) {
        assertThat(refused).hasMessageMatching("(?s)(A stored|JSON has no|Not JSON).*");
      }
    }
  }

  @Test
  void wholeNumberThatIsCutShortIsRefused() {
    assertThatThrownBy(() -> JsonBytes.decode(new byte[] {2, (byte) 0x80}))
        .hasMessageContaining("cut short");
  }
}
