package io.millrace.wire.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.wire.mosquitto.AclRules.Access;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.Principal;
import io.millrace.wire.mqtt.UserPrincipal;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ACL files: one row per rule of mosquitto.conf(5).
class AclRulesTest {
  private static final String FILE =
      """
      # before any user: clients without a name
      topic read public/#
      topic write public/in

      user ann
      topic sensors/+/temperature
      topic read reports/#
      topic deny reports/secret
      topic my topic with spaces

      user bob
      topic deny #

      pattern readwrite devices/%c/#
      pattern read users/%u/inbox
      pattern deny devices/%c/locked
      """;

  @ParameterizedTest
  @CsvSource({
    ", any, public/a, READ, true",
    ", any, public/a, WRITE, false",
    ", any, public/in, WRITE, true",
    ", c1, devices/c1/x, WRITE, true",
    ", c1, users//inbox, READ, false",
    "ann, any, public/a, READ, false",
    "ann, any, sensors/1/temperature, WRITE, true",
    "ann, any, sensors/1/humidity, WRITE, false",
    "ann, any, reports/a, READ, true",
    "ann, any, reports/secret, READ, false",
    "ann, any, reports/a, WRITE, false",
    "ann, any, my topic with spaces, WRITE, true",
    "ann, any, users/ann/inbox, READ, true",
    "ann, any, users/bob/inbox, READ, false",
    "ann, c2, devices/c2/a/b, WRITE, true",
    "ann, c2, devices/c2/locked, WRITE, false",
    "ann, c2, devices/c3/a, WRITE, false",
    "bob, c2, devices/c2/a, READ, false",
    "eve, any, anything, READ, false",
    "ann, +, devices/x/a, READ, false",
    "ann, a/b, devices/a/b/c, READ, false",
    "bob, any, $SYS/broker/uptime, READ, false"
  })
  void eachRuleHolds(String user, String clientId, String topic, Access access, boolean allowed) {
    var rules = AclRules.parse(Path.of("acl"), FILE.lines().toList());
    assertThat(rules.allows(client(user, clientId), topic, access)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "ann, reports/secret, false",
    "ann, reports/+, true",
    "ann, reports/#, true",
    "bob, a/b, false",
    "bob, #, false",
    "eve, anything, true",
    ", nothing/for/anonymous, true"
  })
  void onlyWhatOneDenialCoversIsRefused(String user, String filter, boolean granted) {
    var rules = AclRules.parse(Path.of("acl"), FILE.lines().toList());
    assertThat(rules.maySubscribe(client(user, "any"), filter)).isEqualTo(granted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "topics a/b    | acl, line 1: 'topics' is not known",
        "user          | acl, line 1: 'user' without a name",
        "topic read    | acl, line 1: '' is no topic filter",
        "topic a/#/b   | '#' must be the last level",
        "pattern a/b+  | '+' must be a level of its own"
      })
  void aBadLineIsNamed(String line, String message) {
    assertThatThrownBy(() -> AclRules.parse(Path.of("acl"), line.strip().lines().toList()))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "#, a/b, true", "#, $SYS/a, false", "+/b, a/b, true", "a/#, a, true", "a/+, a, false",
    "a/+/c, a//c, true", "a/b, a/b/c, false", "a/b/c, a/b, false", "+, a, true", "a/#, ab, false",
    "$SYS/#, $SYS/a, true"
  })
  void filtersMatchAsTheStandardSays(String filter, String topic, boolean matches) {
    assertThat(TopicMatch.matches(filter, topic)).isEqualTo(matches);
  }

  @Test
  void aWiderFilterCoversANarrowerOne() {
    assertThat(TopicMatch.covers("a/#", "a/b/+")).isTrue();
    assertThat(TopicMatch.covers("a/+", "a/b")).isTrue();
    assertThat(TopicMatch.covers("a/+", "a/#")).isFalse();
    assertThat(TopicMatch.covers("a/b", "a/+")).isFalse();
    assertThat(TopicMatch.covers("#", "$SYS/#")).isFalse();
  }

  private static Client client(String user, String clientId) {
    return new Client() {
      @Override
      public String clientId() {
        return clientId;
      }

      @Override
      public Principal principal() {
        return user == null ? Principal.ANONYMOUS : new UserPrincipal(user);
      }

      @Override
      public ProtocolVersion version() {
        return ProtocolVersion.V5;
      }

      @Override
      public SocketAddress remoteAddress() {
        return new InetSocketAddress(0);
      }

      @Override
      public boolean isConnected() {
        return true;
      }

      @Override
      public void send(String topic, byte[] payload, int qos) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close(ReasonCode code, String reason) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
