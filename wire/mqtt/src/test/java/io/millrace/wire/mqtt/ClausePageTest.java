package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/compat/mqtt.md`: each normative statement, and which test shows it or why none need.
class ClausePageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "compat", "mqtt.md");

  @Test
  void everyStatementIsTestedOrListed() throws IOException, ClassNotFoundException {
    var shown = shown();
    var missing =
        ClauseCases.statements().stream()
            .filter(one -> one.kind() == 'T' && !shown.containsKey(one.number()))
            .map(ClauseCases.Statement::number);
    assertThat(missing).as("statements that no test shows").isEmpty();
    var unlisted = new TreeSet<>(shown.keySet());
    ClauseCases.statements().forEach(one -> unlisted.remove(one.number()));
    assertThat(unlisted).as("statements that mqtt-clauses.txt does not list").isEmpty();
  }

  @Test
  void thePageIsWhatTheTestsSay() throws IOException, ClassNotFoundException {
    var page = page(shown());
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/compat/mqtt.md; -Dgolden=update rewrites it")
        .isEqualTo(page);
  }

  private static String page(Map<String, String> shown) {
    var out = new StringBuilder();
    var count = new TreeMap<Character, Integer>();
    ClauseCases.statements().forEach(one -> count.merge(one.kind(), 1, Integer::sum));
    out.append("# MQTT: statement by statement\n\n");
    out.append(
        """
        Made from the tests of `wire/mqtt`: `@Clause` on methods, and the byte-level cases of \
        `mqtt-cases.txt`. What a
        statement asks is in our words; the numbers are those of MQTT 5.0, or of 3.1.1 where they \
        say so. Statements of
        3.1.1 that 5.0 has as well are not repeated.

        %d statements are shown by tests, %d bind clients only, %d do not apply.

        | statement | what it asks | shown by |
        | --- | --- | --- |
        """
            .formatted(
                count.getOrDefault('T', 0),
                count.getOrDefault('C', 0),
                count.getOrDefault('N', 0)));
    for (var one : ClauseCases.statements()) {
      var by =
          switch (one.kind()) {
            case 'T' -> shown.getOrDefault(one.number(), "");
            case 'C' -> "binds the client";
            default -> "does not apply: " + one.reason();
          };
      var number = one.number().contains(":") ? one.number().replace(":", " ") : one.number();
      out.append("| %s | %s | %s |\n".formatted(number, one.text(), by));
    }
    return out.toString();
  }

  /// The first test that shows each statement.
  private static Map<String, String> shown() throws IOException, ClassNotFoundException {
    var shown = new LinkedHashMap<String, String>();
    for (var name : classes()) {
      var type = Class.forName("io.millrace.wire.mqtt." + name);
      for (var method : sorted(type)) {
        var clause = method.getAnnotation(Clause.class);
        for (var number : clause == null ? new String[0] : clause.value()) {
          shown.putIfAbsent(
              number.replace("MQTT-", ""), "`%s.%s`".formatted(name, method.getName()));
        }
      }
    }
    ClauseTest.claims().forEach((number, claim) -> shown.put(number, "case: " + claim));
    return shown;
  }

  private static List<java.lang.reflect.Method> sorted(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .sorted(java.util.Comparator.comparing(java.lang.reflect.Method::getName))
        .toList();
  }

  private static List<String> classes() throws IOException {
    var folder = Path.of("src", "test", "java", "io", "millrace", "wire", "mqtt");
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java"))
          .map(name -> name.replace(".java", ""))
          .sorted()
          .toList();
    }
  }
}
