package io.millrace.wire.mqtt;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays the byte-level cases of `mqtt-cases.txt`, one broker each.
class ClauseTest {
  private static final String CONNACK_5 = "20 r14 00000B 22 H10 27 L2000000 21 H20";

  static Stream<ClauseCases.Case> cases() {
    return ClauseCases.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBrokerAnswersByte(ClauseCases.Case one) {
    var clients = new HashMap<String, RawClient>();
    try (var broker = TestServer.open()) {
      for (var step : one.steps()) {
        int space = step.indexOf(' ');
        var name = step.substring(0, space);
        var client = clients.computeIfAbsent(name, _ -> RawClient.connect(broker.port()));
        try {
          play(client, name, step.substring(space + 1));
        } catch (AssertionError e) {
          throw new AssertionError(step + ": " + e.getMessage(), e);
        }
      }
    } finally {
      clients.values().forEach(RawClient::close);
    }
  }

  private static void play(RawClient client, String name, String what) {
    switch (what.charAt(0)) {
      case '>' -> client.send(what.substring(2));
      case '<' -> client.expect(what.substring(2));
      default -> {
        switch (what) {
          case "five" -> {
            client.send("10 r14 s4 'MQTT' 05 02 k60 00 s1 '%s'".formatted(name));
            client.expect(CONNACK_5);
          }
          case "four" -> {
            client.send("10 r13 s4 'MQTT' 04 02 k60 s1 '%s'".formatted(name));
            client.expect("20 r2 00 00");
          }
          case "end" -> client.expectEnd();
          default -> throw new IllegalArgumentException("unknown step " + what);
        }
      }
    }
  }

  /// Every statement that the cases name exists.
  static Map<String, String> claims() {
    var claims = new HashMap<String, String>();
    ClauseCases.cases()
        .forEach(one -> one.clauses().forEach(clause -> claims.putIfAbsent(clause, one.claim())));
    return claims;
  }
}
