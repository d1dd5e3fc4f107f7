package io.millrace.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Any text is rules or is refused with a place in it; any expression comes to one of four ends.
class RulesProperties {
  private static final List<String> WORDS =
      List.of(
          "auth",
          "data",
          "newData",
          "root",
          "now",
          "query",
          "$key",
          "true",
          "false",
          "null",
          "1",
          "2.5",
          "'a'",
          "\"b\"",
          "/a+/",
          "(",
          ")",
          "[",
          "]",
          ".",
          ",",
          "+",
          "-",
          "*",
          "/",
          "%",
          "!",
          "&&",
          "||",
          "==",
          "!=",
          "===",
          "<",
          "<=",
          ">",
          ">=",
          "?",
          ":",
          "val()",
          "exists()",
          "child('a')",
          ".val()",
          ".exists()",
          ".length",
          ".contains('a')",
          ".matches(/a/)",
          ".uid",
          ".parent()",
          "hasChildren(['a'])",
          "\\",
          "'",
          "\u0000",
          "é");

  @Test
  void anyWordsComeToAnEnd() {
    for (long seed = 0; seed < 60_000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      for (int i = random.nextInt(1, 9); i > 0; i--) {
        text.append(WORDS.get(random.nextInt(WORDS.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      assertThat(Rules.outcome(text.toString(), "{'uid':'a'}", "{'d':{'a':1}}", "null"))
          .as("seed %d: %s", seed, text)
          .isIn("true", "false", "error", "refused");
    }
  }

  @Test
  void brokenFilesAreRefusedAtAPlaceInThem() {
    var good =
        "{ // c\n"
            + " \"rules\": { \".read\": \"auth.uid == 'x' && data.child(\\\"a\\\").exists()\", /* d"
            + " */\n"
            + " \"$a\": {\".indexOn\": [\"b\"], \".validate\": false}}}";
    int refused = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder(good);
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "{}[]\",:/*\\.$'x\n\u0001".charAt(random.nextInt(16)));
          default -> text.setCharAt(at, (char) random.nextInt(128));
        }
      }
      try {
        SecurityRules.parse(text.toString());
      } catch (RulesException e) {
        refused++;
        assertThat(e.line()).isBetween(1, (int) text.chars().filter(c -> c == '\n').count() + 1);
        assertThat(e.column()).isBetween(1, text.length() + 1);
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void nestingIsBounded() {
    assertThat(
            Rules.outcome("(".repeat(50_000) + "true" + ")".repeat(50_000), "null", "null", "null"))
        .isEqualTo("refused");
    assertThat(Rules.outcome("!".repeat(50_000) + "true", "null", "null", "null"))
        .isEqualTo("refused");
    assertThat(Rules.outcome("true" + " && true".repeat(2_000), "null", "null", "null"))
        .isIn("true", "refused");
  }
}
