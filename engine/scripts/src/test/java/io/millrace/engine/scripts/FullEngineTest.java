package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// JavaScript that our own compiler leaves to the full engine.
class FullEngineTest {
  private static final Bed BED =
      new Bed(
          new Config(
              java.time.Duration.ofSeconds(20),
              5_000_000,
              33_554_432,
              150,
              1_048_576,
              100_000,
              "UTC",
              3));

  @AfterAll
  static void close() {
    BED.scripts.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
      class A { constructor(x) { this.x = x; } get twice() { return this.x * 2; } } return new A(msg.humidity).twice; § 80
      return ['b', 'a'].sort((a, b) => a.localeCompare(b)); § ["a","b"]
      return Array.prototype.slice.call([1, 2, 3], 1); § [2,3]
      function F() { this.a = 1; } return new F(); § {"a":1}
      function* g() { yield 1; yield 2; } return [...g()]; § [1,2]
      return (10n ** 20n).toString(); § "100000000000000000000"
      const {temperature, ...rest} = msg; return Object.keys(rest).length; § 5
      return '2024-05'.match(/(?<year>\\d+)-(?<month>\\d+)/).groups.month; § "05"
      var o = {get a() { return 7; }}; return o.a; § 7
      return new Uint8Array([1, 300])[1]; § 44
      return this === undefined || typeof this; § "object"
      return (function () { return arguments.length; })(1, 2); § 2
      if (true) { function inner() { return 4; } } return inner(); § 4
      """)
  void says(String script, String result) {
    var compiled = BED.compile(ScriptLanguage.JS, script.replace("\\\\", "\\"));
    assertThat(compiled.isFallback()).isTrue();
    assertThat(compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE)).hasToString(result);
  }

  @Test
  void filtersAnswerThereToo() {
    var script = BED.compile(ScriptLanguage.JS, "class A {} return msg.temperature > 20;");
    assertThat(script.test(Bed.MSG, Bed.METADATA, Bed.TYPE)).isTrue();
  }

  @Test
  void seesTheClockAndNotTheMachinesTime() {
    assertThat(BED.js("class A {} return [Date.now(), new Date().getTime()];"))
        .isEqualTo("[" + BED.time.millis() + "," + BED.time.millis() + "]");
  }

  @Test
  void moreScriptsThanContextsTakeTurns() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 6; i++) {
        assertThat(BED.js("class A {} return " + i)).isEqualTo(Integer.toString(i));
      }
    }
  }
}
