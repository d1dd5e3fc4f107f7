package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts that mean harm are stopped within their limits, and reach nothing outside.
@Timeout(60) // against one that is not stopped
class HostileScriptTest {
  private static final Bed BED =
      new Bed(
          new Config(Duration.ofMillis(400), 2_000_000, 8_000_000, 100, 100_000, 20_000, "UTC", 2));

  @AfterAll
  static void close() {
    BED.scripts.close();
  }

  @ParameterizedTest(name = "{2} {1}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
          JS § while (true) {} § TIME
          JS § for (;;) { try { throw 1; } catch (e) {} finally {} } § TIME
          JS § try { while (true) {} } catch (e) { return 'caught'; } § TIME
          JS § try { while (true) {} } finally { while (true) {} } § TIME
          JS § function f() { f(); } f(); § DEPTH
          JS § var f = () => f(); f(); § DEPTH
          JS § function f() { try { f(); } finally { f(); } } f(); § DEPTH
          JS § [1].map(function g(x) { return [x].map(g); }); § DEPTH
          JS § var s = 'x'; while (true) { s += s; } § MEMORY
          JS § return 'x'.repeat(1e8); § MEMORY
          JS § return 'x'.padEnd(1e8); § MEMORY
          JS § return 'aaaaaaaaaaaaaaaa'.repeat(1000).replace(/a/g, 'b'.repeat(10000)); § MEMORY
          JS § var a = []; while (true) { a.push(a); } § MEMORY
          JS § return new Array(9000000).join('abc'); § MEMORY
          JS § var o = {}; for (var i = 0; ; i++) { o['k' + i] = i; } § MEMORY
          JS § var s = new Set(); for (var i = 0; ; i++) { s.add(i); } § MEMORY
          JS § var a = []; a.length = 5000000; return a.sort(() => 1); § MEMORY
          JS § /(a+)+$/.test('a'.repeat(40) + 'b'); while (true) {} § TIME
          JS § return /(x*x*x*)*y/.test('x'.repeat(3000)); § TIME
          JS § var a = []; a.push(a); return a; § OUTPUT
          JS § var o = {}; o.o = {p: o}; return {msg: o}; § OUTPUT
          JS § var a = [1]; for (var i = 0; i < 40; i++) { a = [a, a]; } return a; § OUTPUT
          JS § var a = []; for (var i = 0; i < 60000; i++) { a.push(msg); } return a; § OUTPUT
          JS § return 'x'.repeat(200000); § OUTPUT
          JS § var a = [1]; for (var i = 0; i < 40; i++) { a = [a, a]; } return JSON.stringify(a); § TIME
          JS § var a = []; a.push(a); return JSON.stringify(a); § ERROR
          TBEL § while (true) { } § TIME
          TBEL § for (;;) { } § TIME
          TBEL § function f() { return f(); } f(); § DEPTH
          TBEL § var s = "x"; while (true) { s = s + s; } § MEMORY
          TBEL § var l = []; while (true) { l.add(l); } § MEMORY
          TBEL § return new int[100000000]; § MEMORY
          TBEL § return "x".repeat(100000000); § MEMORY
          TBEL § return "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".matches("(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)y"); § TIME
          TBEL § var m = {}; m.m = m; return m; § OUTPUT
          TBEL § var m = {}; m.m = m; return "" + m; § OUTPUT
          """)
  void isStopped(ScriptLanguage language, String script, ScriptException.Kind kind) {
    var compiled = BED.compile(language, script);
    assertThat(compiled.isFallback()).isFalse();
    if (script.contains("\"\" + m")) {
      assertThat(compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE).asText()).hasSizeLessThan(10_000);
    } else {
      assertThatThrownBy(() -> compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE))
          .isInstanceOfSatisfying(
              ScriptException.class,
              e -> assertThat(e.kind()).describedAs(e.getMessage()).isEqualTo(kind));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
          const b = 10n; while (true) { b; } § TIME
          class A { f() { return this.f(); } } return new A().f(); § DEPTH
          class A {} let a = []; while (true) { a.push(new Array(1000).fill(1)); } § MEMORY
          class A {} try { while (true) {} } catch (e) {} finally { while (true) {} } § TIME
          return /^(?=(a+)+\\1b)/.test('a'.repeat(36)); § TIME
          class A {} return 'x'.repeat(200000); § OUTPUT
          class A {} const a = []; a.push(a); return a; § ERROR
          class A {} return 'x'.repeat(1e9); § ERROR
          """)
  void isStoppedInTheFullEngineToo(String script, ScriptException.Kind kind) {
    var compiled = BED.compile(ScriptLanguage.JS, script);
    assertThat(compiled.isFallback()).isTrue();
    assertThatThrownBy(() -> compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE))
        .isInstanceOfSatisfying(
            ScriptException.class,
            e ->
                assertThat(e.kind())
                    .describedAs(e.getMessage())
                    .isIn(kind, ScriptException.Kind.TIME, ScriptException.Kind.MEMORY));
  }

  @Test
  void theFullEngineServesTheNextMessageAfterItWasStopped() {
    var script =
        BED.compile(ScriptLanguage.JS, "class A {} if (msg.loop) { while (true) {} } return 1;");
    var loop = io.millrace.base.json.Json.parse("{\"loop\":true}");
    assertThatThrownBy(() -> script.run(loop, Bed.METADATA, Bed.TYPE))
        .isInstanceOf(ScriptException.class);
    assertThat(script.run(Bed.MSG, Bed.METADATA, Bed.TYPE)).hasToString("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return typeof Java + typeof Polyglot + typeof Packages + typeof java + typeof load;",
        "return typeof require + typeof process + typeof print + typeof console + typeof Graal;",
        "class A {} return typeof Java + typeof Polyglot + typeof Packages + typeof load;",
        "class A {} return typeof require + typeof process + typeof print + typeof console;"
      })
  void javaIsNotThere(String script) {
    assertThat(BED.js(script)).matches("\"(undefined)+\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return msg.constructor.constructor('return 1')();",
        "return ''.constructor.constructor('return 1')();",
        "return (() => {}).constructor('return 1')();",
        "return eval('1');",
        "return new Function('return 1')();",
        "class A {} return Java.type('java.lang.System').exit(1);"
      })
  void codeFromTextsIsNotRun(String script) {
    assertThatThrownBy(() -> BED.js(script)).isInstanceOf(ScriptException.class);
  }

  @Test
  void prototypesOfOneScriptAreNotThoseOfAnother() {
    BED.js("Object.prototype.polluted = 'yes'; Array.prototype.map = null; return 1;");
    assertThat(BED.js("class A {} return [typeof ({}).polluted, typeof [].map];"))
        .isEqualTo("[\"undefined\",\"function\"]");
    assertThat(BED.js("return [typeof ({}).polluted, typeof [].map];"))
        .isEqualTo("[\"undefined\",\"function\"]");
    assertThatThrownBy(() -> BED.js("var k = '__pro' + 'to__'; msg[k] = {}; return msg;"))
        .isInstanceOf(ScriptException.class);
  }

  @Test
  void nothingOfOneRunIsSeenByTheNextInTheFullEngineEither() {
    var script =
        BED.compile(
            ScriptLanguage.JS,
            """
            class A {}
            var seen = [typeof leak, typeof ({}).polluted, typeof [].map, typeof Math.max];
            leak = 1; Object.prototype.polluted = 1; Array.prototype.map = null; Math.max = null;
            var own = {toString() { return 'own'; }}; own.valueOf = () => 2;
            var e = new Error('x'); e.name = 'Mine'; e.message = 'y';
            return seen.concat(`${own}`, own + 1, String(e), typeof leak);
            """);
    var expected =
        "[\"undefined\",\"undefined\",\"function\",\"function\",\"own\",3,\"Mine: y\",\"number\"]";
    assertThat(script.isFallback()).isTrue();
    for (int run = 0; run < 3; run++) {
      assertThat(script.run(Bed.MSG, Bed.METADATA, Bed.TYPE)).hasToString(expected);
    }
  }

  @Test
  void tooLongAndTooDeepScriptsAreRefused() {
    assertThatThrownBy(() -> BED.compile(ScriptLanguage.JS, "x".repeat(20_001)))
        .isInstanceOf(ScriptSyntaxException.class)
        .hasMessageContaining("sourceChars");
    for (var nested : List.of("(".repeat(5_000), "[".repeat(9_000), "-".repeat(5_000) + "1")) {
      assertThatThrownBy(() -> BED.compile(ScriptLanguage.TBEL, "return " + nested))
          .isInstanceOf(ScriptSyntaxException.class);
    }
    var sum = "return 1" + " + 1".repeat(3_000);
    assertThatThrownBy(() -> BED.compile(ScriptLanguage.TBEL, sum))
        .isInstanceOf(ScriptSyntaxException.class);
  }
}
