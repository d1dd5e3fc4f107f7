package io.millrace.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every operator with every pair of types: T true, F false, E run-time error, X refused.
class OperatorsTest {
  private static final String AUTH =
      "{'n':null,'t':true,'f':false,'one':1,'two':2,'s':'a','o':{'x':1}}";
  private static final List<String> LEFT =
      List.of("auth.none", "auth.t", "auth.one", "auth.s", "auth.o", "auth");
  private static final List<String> RIGHT =
      List.of("auth.none", "auth.t", "auth.one", "auth.s", "auth.o", "auth");

  /// Types are known only when the rule runs. Columns: null, boolean, number, string, object, auth.
  private static final Map<String, List<String>> AT_RUN_TIME =
      Map.ofEntries(
          Map.entry(
              "%s == %s", List.of("TFFFFF", "FTFFFF", "FFTFFF", "FFFTFF", "FFFFTF", "FFFFFT")),
          Map.entry(
              "%s === %s", List.of("TFFFFF", "FTFFFF", "FFTFFF", "FFFTFF", "FFFFTF", "FFFFFT")),
          Map.entry(
              "%s != %s", List.of("FTTTTT", "TFTTTT", "TTFTTT", "TTTFTT", "TTTTFT", "TTTTTF")),
          Map.entry(
              "%s !== %s", List.of("FTTTTT", "TFTTTT", "TTFTTT", "TTTFTT", "TTTTFT", "TTTTTF")),
          Map.entry("%s < %s", List.of("FEEEEE", "EEEEEE", "EEFEEE", "EEEFEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s <= %s", List.of("TEEEEE", "EEEEEE", "EETEEE", "EEETEE", "EEEEEE", "EEEEEE")),
          Map.entry("%s > %s", List.of("FEEEEE", "EEEEEE", "EEFEEE", "EEEFEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s >= %s", List.of("TEEEEE", "EEEEEE", "EETEEE", "EEETEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s + %s == null",
              List.of("EEEEEE", "EEEEEE", "EEFFEE", "EEFFEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s - %s == 0", List.of("EEEEEE", "EEEEEE", "EETEEE", "EEEEEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s * %s == 1", List.of("EEEEEE", "EEEEEE", "EETEEE", "EEEEEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s / %s == 1", List.of("EEEEEE", "EEEEEE", "EETEEE", "EEEEEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s %% %s == 0", List.of("EEEEEE", "EEEEEE", "EETEEE", "EEEEEE", "EEEEEE", "EEEEEE")),
          Map.entry(
              "%s && %s", List.of("XXXXXX", "XXXXXX", "XXXXXX", "XXXXXX", "XXXXXX", "XXXXXX")),
          Map.entry(
              "%s || %s", List.of("XXXXXX", "XXXXXX", "XXXXXX", "XXXXXX", "XXXXXX", "XXXXXX")));

  private static final List<String> LITERALS =
      List.of("null", "true", "1", "'a'", "data", "query", "auth.one");

  /// Types are known when the rule is saved. Columns as [#LITERALS].
  private static final Map<String, List<String>> AT_UPLOAD =
      Map.ofEntries(
          Map.entry(
              "%s == %s",
              List.of("TFFFXXF", "FTFFXXF", "FFTFXXT", "FFFTXXF", "XXXXXXX", "XXXXXXX", "FFTFXXT")),
          Map.entry(
              "%s != %s",
              List.of("FTTTXXT", "TFTTXXT", "TTFTXXF", "TTTFXXT", "XXXXXXX", "XXXXXXX", "TTFTXXF")),
          Map.entry(
              "%s < %s",
              List.of("FXXXXXE", "XXXXXXX", "XXFXXXF", "XXXFXXE", "XXXXXXX", "XXXXXXX", "EXFEXXF")),
          Map.entry(
              "%s <= %s",
              List.of("TXXXXXE", "XXXXXXX", "XXTXXXT", "XXXTXXE", "XXXXXXX", "XXXXXXX", "EXTEXXT")),
          Map.entry(
              "%s > %s",
              List.of("FXXXXXE", "XXXXXXX", "XXFXXXF", "XXXFXXE", "XXXXXXX", "XXXXXXX", "EXFEXXF")),
          Map.entry(
              "%s >= %s",
              List.of("TXXXXXE", "XXXXXXX", "XXTXXXT", "XXXTXXE", "XXXXXXX", "XXXXXXX", "EXTEXXT")),
          Map.entry(
              "%s + %s == 2",
              List.of("XXXXXXX", "XXXXXXX", "XXTFXXT", "XXFFXXF", "XXXXXXX", "XXXXXXX", "XXTFXXT")),
          Map.entry(
              "%s - %s == 0",
              List.of("XXXXXXX", "XXXXXXX", "XXTXXXT", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXTXXXT")),
          Map.entry(
              "%s * %s == 1",
              List.of("XXXXXXX", "XXXXXXX", "XXTXXXT", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXTXXXT")),
          Map.entry(
              "%s / %s == 1",
              List.of("XXXXXXX", "XXXXXXX", "XXTXXXT", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXTXXXT")),
          Map.entry(
              "%s %% %s == 0",
              List.of("XXXXXXX", "XXXXXXX", "XXTXXXT", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXTXXXT")),
          Map.entry(
              "%s && %s",
              List.of("XXXXXXX", "XTXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX")),
          Map.entry(
              "%s || %s",
              List.of(
                  "XXXXXXX", "XTXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX", "XXXXXXX")));

  @Test
  void typesThatAreOnlyKnownAtRunTime() {
    assertThat(wrong(AT_RUN_TIME, LEFT, RIGHT)).isEmpty();
  }

  @Test
  void typesThatAreKnownWhenTheRuleIsSaved() {
    assertThat(wrong(AT_UPLOAD, LITERALS, LITERALS)).isEmpty();
  }

  @Test
  void unaryOperators() {
    assertThat(outcomes("!%s")).isEqualTo("XXXXXX");
    assertThat(outcomes("-%s == -1")).isEqualTo("EETEEE");
    assertThat(outcomes("%s ? true : false")).isEqualTo("XXXXXX");
    assertThat(outcomes("(%s == null) ? true : false")).isEqualTo("TFFFFF");
    assertThat(outcomes("!(%s == null)")).isEqualTo("FTTTTT");
  }

  private static String outcomes(String form) {
    var row = new StringBuilder();
    LEFT.forEach(operand -> row.append(letter(form.formatted(operand))));
    return row.toString();
  }

  private static List<String> wrong(
      Map<String, List<String>> tables, List<String> left, List<String> right) {
    var wrong = new ArrayList<String>();
    tables.forEach(
        (form, table) -> {
          for (int i = 0; i < left.size(); i++) {
            for (int k = 0; k < right.size(); k++) {
              var expression = form.formatted(left.get(i), right.get(k));
              char expected = table.get(i).charAt(k);
              if (letter(expression) != expected) {
                wrong.add(expression + ": " + letter(expression) + ", not " + expected);
              }
            }
          }
        });
    return wrong;
  }

  private static char letter(String expression) {
    return switch (Rules.outcome(expression, AUTH, "null", "null")) {
      case "true" -> 'T';
      case "false" -> 'F';
      case "error" -> 'E';
      default -> 'X';
    };
  }
}
