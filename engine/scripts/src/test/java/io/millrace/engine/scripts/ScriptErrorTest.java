package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Errors name the line and the column of the script as it was written.
class ScriptErrorTest {
  private final Bed bed = new Bed();

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
      JS § var a = 1;|return msg.foo.bar; § 2 § 15 § TypeError: Cannot read 'bar' of undefined
      JS § |  return undefinedName + 1; § 2 § 10 § ReferenceError: undefinedName is not defined
      JS § throw new Error('mine'); § 1 § 1 § Error: mine
      JS § throw {code: 1}; § 1 § 1 § The script threw [object Object]
      JS § function f() {|  return JSON.parse('{');|}|return f(); § 2 § 20 § SyntaxError
      JS § while (true) {} § 1 § 1 § steps
      JS § msg.text(); § 1 § 9 § text is not a function
      JS § class A {}|return msg.foo.bar; § 2 § 8 § TypeError
      TBEL § var a = 1;|return msg.foo.bar; § 2 § 15 § Null has no member 'bar'
      TBEL § raiseError("bad " + 1); § 1 § 11 § bad 1
      """)
  void runsThatFailNameThePlace(
      ScriptLanguage language, String script, int line, int column, String message) {
    var compiled = bed.compile(language, script.replace('|', '\n'));
    var error =
        catchThrowableOfType(
            ScriptException.class, () -> compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE));
    assertThat(error).hasMessageContaining(message);
    assertThat(error.line()).describedAs(error.getMessage()).isEqualTo(line);
    assertThat(error.column()).describedAs(error.getMessage()).isEqualTo(column);
    bed.scripts.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
      JS § return a b; § 1 § 10
      JS § var s = 'open;|return s; § 1 § 9
      JS § if (msg.a {|  return 1; } § 1 § 11
      JS § return {a: 1;} § 1 § 13
      TBEL § return 1 +; § 1 § 11
      TBEL § var x = [1, 2;|return x; § 1 § 14
      TBEL § if (true) {|return 1; § 2 § 10
      """)
  void textsThatAreNoScriptsNameThePlace(
      ScriptLanguage language, String script, int line, int column) {
    var error =
        catchThrowableOfType(
            ScriptSyntaxException.class, () -> bed.compile(language, script.replace('|', '\n')));
    assertThat(error.line()).describedAs(error.getMessage()).isEqualTo(line);
    assertThat(error.column()).describedAs(error.getMessage()).isEqualTo(column);
    bed.scripts.close();
  }

  @Test
  void manySmallErrorsInLoopsCostNoStackTraces() {
    assertThat(
            bed.js(
                "var n = 0; for (var i = 0; i < 2000; i++) { try { null.x; } catch (e) { n++; } }"
                    + "return n;"))
        .isEqualTo("2000");
  }
}
