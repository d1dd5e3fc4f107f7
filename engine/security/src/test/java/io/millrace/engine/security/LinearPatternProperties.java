package io.millrace.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The automaton beside `java.util.regex`, on random patterns that both read the same way.
class LinearPatternProperties {
  private static final List<String> ATOMS =
      List.of(
          "a", "b", "c", ".", "[ab]", "[^a]", "\\d", "\\w", "\\S", "[a-c]", "1", "\\.", "[\\d_]");
  private static final List<String> REPEATS =
      List.of("", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,3}");

  private static LinearPattern linear(String pattern, String flags) {
    return PatternParser.parse(
        pattern, flags, (at, problem) -> new RulesException(1, at + 1, problem));
  }

  @Test
  void agreesWithJava() {
    for (long seed = 0; seed < 4_000; seed++) {
      var random = new Random(seed);
      var pattern = pattern(random);
      boolean ignoresCase = random.nextBoolean();
      var linear = linear(pattern, ignoresCase ? "i" : "");
      var java = Pattern.compile(pattern, ignoresCase ? Pattern.CASE_INSENSITIVE : 0);
      for (int i = 0; i < 10; i++) {
        var text = text(random);
        assertThat(linear.matches(text))
            .as("seed %d: /%s/ on '%s'", seed, pattern, text)
            .isEqualTo(java.matcher(text).find());
      }
    }
  }

  private static String pattern(Random random) {
    return (random.nextInt(3) == 0 ? "^" : "")
        + choice(random, 2)
        + (random.nextInt(3) == 0 ? "$" : "");
  }

  private static String choice(Random random, int depth) {
    return random.nextInt(4) == 0 && depth < 2
        ? sequence(random, depth) + "|" + sequence(random, depth)
        : sequence(random, depth);
  }

  private static String sequence(Random random, int depth) {
    var text = new StringBuilder();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      text.append(
          depth > 0 && random.nextInt(3) == 0
              ? "(" + choice(random, depth - 1) + ")"
              : ATOMS.get(random.nextInt(ATOMS.size())));
      text.append(REPEATS.get(random.nextInt(REPEATS.size())));
    }
    return text.toString();
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      text.append("abcABC1_. -".charAt(random.nextInt(11)));
    }
    return text.toString();
  }

  @Test
  void aPatternThatKillsBacktrackersIsAnsweredAtOnce() {
    var text = "a".repeat(100_000) + "!";
    assertThat(linear("^(a+)+$", "").matches(text)).isFalse();
    assertThat(linear("^(a|a)*b$", "").matches(text)).isFalse();
    assertThat(linear("^(a*)*$", "").matches("a".repeat(100_000))).isTrue();
  }

  @Test
  void aRuleThatWouldTakeTooLongFails() {
    var text = "{'d':'" + "a".repeat(300_000) + "'}";
    assertThat(Rules.outcome("data.val().matches(/^(a{900}){1,3}$/)", "null", text, "null"))
        .isEqualTo("error");
  }

  @Test
  void aSignThatCanMeanNothingStandsForItself() {
    assertThat(linear("?a", "").matches("x?a")).isTrue();
    assertThat(linear("(?:foo)", "").matches("?:foo")).isTrue();
    assertThat(linear("\\{foo}", "").matches("{foo}")).isTrue();
    assertThat(linear("[----z\\]]", "").matches("]")).isTrue();
  }
}
