package io.millrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// `millrace pub` and `sub` beside mosquitto_pub and mosquitto_sub, on the same broker.
class ClientCommandsIT {
  private static final SystemScheduler SCHEDULER = new SystemScheduler();
  private static MqttServer server;

  @BeforeAll
  static void open() {
    var settings = Settings.of().add(Map.of("mqtt.port", "0", "mqtt.websocket.port", "-1"), "test");
    var config = settings.bind("mqtt", MqttConfig.class);
    settings.check();
    server =
        MqttServer.open(
            config,
            "127.0.0.1",
            Authenticator.NONE,
            Authorizer.ALL,
            Tap.NONE,
            Clock.SYSTEM,
            SCHEDULER,
            new Ids(Clock.SYSTEM, new Random(1)),
            new Counters());
    theirs(
        "mosquitto_pub -V 5 -r -q 1 -t f/a -m {\"a\":[1,2.5,null,\"x\"]} -D publish user-property k"
            + " v -D publish content-type text/plain -D publish message-expiry-interval 1000 -D"
            + " publish payload-format-indicator 1 -D publish correlation-data cd -D publish"
            + " response-topic r/t");
    theirs("mosquitto_pub -r -t f/b -m plain");
  }

  @AfterAll
  static void close() {
    server.close();
    SCHEDULER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t f/a -C 1 -V 5 -q 1 -D subscribe subscription-identifier 7 -F"
            + " %t|%p|%l|%q|%r|%x|%X|%m|%A|%C|%D|%F|%R|%S|%P|%%",
        "-t f/+ -C 2 -v",
        "-t nothing -W 1",
        "-t f/b -E",
        "-t f/+ -T f/a -C 1 -N -F a\\tb@@\\n"
      })
  void subPrintsWhatTheirsPrints(String flags) {
    var theirs = theirs("mosquitto_sub " + flags);
    assertThat(ours("sub " + flags)).isEqualTo(theirs);
  }

  @Test
  void jsonIsTheSameButForTheTime() {
    var flags = "-t f/a -C 1 -V 5 -q 1 -D subscribe subscription-identifier 7 -F %s";
    for (var form : List.of("%j", "%J", "%j --pretty", "%J --pretty")) {
      var theirs = theirs("mosquitto_sub " + flags.formatted(form));
      var ours = ours("sub " + flags.formatted(form));
      assertThat(timeless(ours)).isEqualTo(timeless(theirs));
    }
  }

  @Test
  void aRandomShareOfAllIsAll() {
    assertThat(ours("sub -t f/a -C 1 --random-filter 100"))
        .isEqualTo(theirs("mosquitto_sub -t f/a -C 1"));
  }

  @Test
  void pubSendsWhatTheirsReceives() {
    assertThat(
            ours(
                "pub -V 5 -t p/x -m hello -r -q 2 -D publish user-property who me -i me"
                    + " --will-topic w --will-payload gone"))
        .isEqualTo("0 ");
    assertThat(theirs("mosquitto_sub -V 5 -q 2 -t p/x -C 1 -F %t|%p|%q|%P"))
        .isEqualTo("0 p/x|hello|2|who:me");
    assertThat(ours("sub -t p/x --remove-retained -C 1")).isEqualTo("0 hello");
    assertThat(theirs("mosquitto_sub -t p/x -W 1")).startsWith("27 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pub", "sub"})
  void everyFlagOfTheirsIsKnown(String command) {
    var help = theirs("mosquitto_" + command + " --help");
    var flags =
        Pattern.compile("(?<![\\w-])--?[a-zA-Z][a-z0-9-]*").matcher(help.split("\n\n", 2)[1]);
    var spec = new CommandLine(command.equals("pub") ? new PubCommand() : new SubCommand());
    var theirs = flags.results().map(MatchResult::group).collect(Collectors.toSet());
    assertThat(theirs).hasSizeGreaterThan(40).contains("-t", "--proxy", "--psk", "--keyform");
    theirs.removeIf(flag -> spec.getCommandSpec().findOption(flag) != null);
    assertThat(theirs).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub -t a -m x --psk 00ff --psk-identity me",
        "sub -t a --tls-engine e --cafile c.pem",
        "pub -t a -m x --keyform engine",
        "pub -t a -m x --keyform der",
        "pub -t a -m x --tls-alpn mqtt",
        "pub -t a -m x --proxy http://proxy",
        "sub -t a -x 4294967296",
        "pub -t a/# -m x",
        "pub -t a -m x -q 3",
        "sub -C 1",
        "pub -t a -m x -V 6",
        "pub -t a -m x -D publish nonsense 1",
        "pub -t a -m x --cert c.pem --cafile c.pem",
        "sub -t a -c",
        "sub -t a --random-filter 101",
        "pub -t a -m x --cafile /nowhere.pem"
      })
  void mistakesAreOneSentence(String line) {
    assertThat(ours(line)).matches("2 [^\\n]{20,}").doesNotContain("\tat ");
  }

  @Test
  void timesFollowTheFormat() {
    var at = Instant.parse("2026-03-04T05:06:07.008009Z");
    var message =
        new io.millrace.wire.mqtt.codec.Publish(
            io.millrace.wire.mqtt.codec.TopicName.of("t"),
            "x".getBytes(UTF_8),
            0,
            false,
            false,
            0,
            io.millrace.wire.mqtt.codec.Properties.NONE);
    var format = new MessageFormat("%I %U @Y-@m-@dT@H:@M:@S @j @s %%", ZoneOffset.UTC, false);
    assertThat(new String(format.line(message, at), UTF_8))
        .isEqualTo(
            "2026-03-04T05:06:07+0000 1772600767.008009000 2026-03-04T05:06:07 063 1772600767 %");
  }

  private static String ours(String line) {
    return normal(MillraceProcess.outcome(words(line)));
  }

  private static String theirs(String line) {
    try {
      var process = new ProcessBuilder(words(line)).redirectErrorStream(true).start();
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      return normal(process.waitFor() + " " + text);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] words(String line) {
    var all = new ArrayList<>(List.of(line.split(" ", -1)));
    all.addAll(List.of("-h", "127.0.0.1", "-p", "" + server.ports().getFirst()));
    return all.toArray(String[]::new);
  }

  private static String normal(String outcome) {
    return outcome.endsWith("\n") ? outcome.substring(0, outcome.length() - 1) : outcome;
  }

  private static String timeless(String json) {
    return json.replaceAll("\"tst\":\t?\"[^\"]*\"", "T")
        .replaceAll("\"message-expiry-interval\":\t?\\d+", "E");
  }
}
