package io.millrace.wire.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The cases of `mqtt-cases.txt`, and the statements of `mqtt-clauses.txt`.
final class ClauseCases {
  private ClauseCases() {}

  /// Bytes to send and to expect, and which statements they show.
  record Case(List<String> clauses, String claim, List<String> steps) {
    @Override
    public String toString() {
      return claim;
    }
  }

  /// A normative statement.
  ///
  /// @param kind T tested, C for clients, N not applicable
  record Statement(String number, char kind, String text, String reason) {}

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (var line : lines("mqtt-cases.txt")) {
      if (line.startsWith("== ")) {
        int colon = line.indexOf(": ");
        var clauses = List.of(line.substring(3, colon).trim().split(" "));
        cases.add(new Case(clauses, line.substring(colon + 2), new ArrayList<>()));
      } else {
        cases.getLast().steps().add(line);
      }
    }
    return cases;
  }

  static List<Statement> statements() {
    return lines("mqtt-clauses.txt").stream()
        .map(line -> line.split(" \\| ", -1))
        .map(
            cells ->
                new Statement(
                    cells[0], cells[1].charAt(0), cells[2], cells.length > 3 ? cells[3] : ""))
        .toList();
  }

  private static List<String> lines(String name) {
    try (InputStream in = ClauseCases.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
