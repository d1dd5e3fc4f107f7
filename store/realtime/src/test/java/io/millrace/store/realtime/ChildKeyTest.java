package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChildKeyTest {
  private static final List<String> IN_ORDER =
      List.of(
          "-2147483648",
          "-1",
          "-01",
          "0",
          "-0",
          "00",
          "1",
          "01",
          "001",
          "2",
          "10",
          "2147483647",
          "-",
          "-2147483649",
          "-x",
          "1.5x",
          "2147483648",
          "99999999999",
          "A",
          "Z",
          "a",
          "aa",
          "b",
          "\uD83D\uDE00",
          "\uE000",
          "\uFFFD");

  @Test
  void wholeNumbersComeFirstThenUtf16() {
    for (int seed = 0; seed < 50; seed++) {
      var shuffled = new ArrayList<>(IN_ORDER);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.sort(ChildKey.ORDER);
      assertThat(shuffled).as("seed %d", seed).isEqualTo(IN_ORDER);
    }
  }

  @Test
  void forbiddenCharactersAreFound() {
    for (var bad : List.of("", "a.b", "a#", "$", "[", "]", "a/b", "\u0000", "\u001f", "\u007f")) {
      assertThat(ChildKey.isMalformed(bad)).as(bad).isTrue();
    }
    assertThat(ChildKey.isMalformed("\uD83D")).isTrue();
    for (var good : List.of("a", " ", "ä", "\u0080", "\uD83D\uDE00", "-Nabc_", "a b,c:d")) {
      assertThat(ChildKey.isMalformed(good)).as(good).isFalse();
    }
  }

  @Test
  void sizeIsThatOfUtf8() {
    for (var key :
        List.of("a", "ä", "\u07ff", "\u0800", "\uFFFD", "\uD83D\uDE00", "aä€\uD83D\uDE00")) {
      assertThat(ChildKey.sizeBytes(key))
          .as(key)
          .isEqualTo(key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }
  }
}
