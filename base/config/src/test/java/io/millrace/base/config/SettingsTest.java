package io.millrace.base.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  enum Colour {
    RED,
    GREEN
  }

  record Inner(@Doc("A port.") @Default("9001") @Limit(max = 65_535) int port) {}

  record Config(
      @Doc("A port.") @Default("1883") @Limit(max = 65_535) int port,
      @Doc("More ports.") @Default("") List<Integer> extraPorts,
      @Doc("A wait.") @Default("10s") Duration connectTimeout,
      @Doc("A size.") @Default("16MB") long packetBytesMax,
      @Doc("A switch.") @Default("false") boolean open,
      @Doc("A choice.") @Default("red") Colour colour,
      Inner websocket) {}

  @TempDir Path folder;

  @Test
  void nothingSetGivesTheDefaults() {
    assertThat(Settings.defaults(Config.class))
        .isEqualTo(
            new Config(
                1883,
                List.of(),
                Duration.ofSeconds(10),
                16L << 20,
                false,
                Colour.RED,
                new Inner(9001)));
  }

  @Test
  void flagsWinOverTheEnvironmentThatWinsOverTheFileThatWinsOverTheCommand() throws IOException {
    var settings =
        Settings.of()
            .add(Map.of("mqtt.port", "1", "mqtt.open", "yes"), "demo")
            .add(file("mqtt.port = 2\n# a comment\nmqtt.colour = green\nmqtt.extraPorts = 5, 6"))
            .addEnvironment(Map.of("MILLRACE_MQTT_PORT", "3", "MILLRACE_MQTT_WEBSOCKET_PORT", "0"))
            .addFlags(List.of("--mqtt.port=4", "--mqtt.connectTimeout=500ms"));
    var config = settings.bind("mqtt", Config.class);
    settings.check();
    assertThat(config)
        .isEqualTo(
            new Config(
                4,
                List.of(5, 6),
                Duration.ofMillis(500),
                16L << 20,
                true,
                Colour.GREEN,
                new Inner(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          mqtt.port = abc             | mqtt.port=abc is not a whole number from 0 to 65535 (millrace.conf, line 1)
          mqtt.port = 70000           | mqtt.port=70000 is not a whole number from 0 to 65535 (millrace.conf, line 1)
          mqtt.port = 5 apples        | mqtt.port=5 apples is not a whole number from 0 to 65535 (millrace.conf, line 1)
          mqtt.packetBytesMax = 9e9GB | mqtt.packetBytesMax=9e9GB is not a whole number from 0 to 9223372036854775807 (millrace.conf, line 1)
          mqtt.connectTimeout = 10    | mqtt.connectTimeout=10 is not a time such as 500ms, 10s, 5min, 2h30min or 7d (millrace.conf, line 1)
          mqtt.open = maybe           | mqtt.open=maybe is neither true nor false (millrace.conf, line 1)
          mqtt.colour = blue          | mqtt.colour=blue is not one of red, green (millrace.conf, line 1)
          mqtt.extraPorts = 1,x       | mqtt.extraPorts=1,x is not a whole number from 0 to 2147483647 (millrace.conf, line 1)
          mqtt.prot = 1               | Unknown setting mqtt.prot (millrace.conf, line 1). Did you mean mqtt.port?
          banana = 1                  | Unknown setting banana (millrace.conf, line 1). The settings are listed in docs/config.md.
          mqtt.port                   | 'mqtt.port' is not a setting; write name = value (millrace.conf, line 1)
          """)
  void aBadLineIsNamedWithItsPlaceAndTheCure(String line, String fault) throws IOException {
    var settings = Settings.of().add(file(line));
    settings.bind("mqtt", Config.class);
    assertThatThrownBy(settings::check).isInstanceOf(SettingsException.class).hasMessage(fault);
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "10 s, PT10S", "5min, PT5M", "2h30m, PT2H30M", "7d, PT168H"})
  void timesMayHaveSeveralParts(String text, Duration time) {
    var settings = Settings.of().addFlags(List.of("--mqtt.connectTimeout=" + text));
    assertThat(settings.bind("mqtt", Config.class).connectTimeout()).isEqualTo(time);
  }

  @Test
  void aNameSetTwiceInOneFileIsRefused() throws IOException {
    var settings = Settings.of().add(file("mqtt.port = 1\nmqtt.port = 2"));
    settings.bind("mqtt", Config.class);
    assertThatThrownBy(settings::check)
        .hasMessage(
            "mqtt.port is set twice (millrace.conf, line 1 and millrace.conf, line 2); remove one");
  }

  @Test
  void unknownEnvironmentAndFlagsAreRefusedTogether() {
    var settings =
        Settings.of()
            .addEnvironment(Map.of("MILLRACE_MQTT_PRT", "1", "HOME", "/"))
            .addFlags(List.of("--http.port=1", "stray"));
    settings.bind("mqtt", Config.class);
    assertThatThrownBy(settings::check)
        .hasMessageContaining("'stray' is not a setting; write --name=value")
        .hasMessageContaining("Unknown setting http.port (command line).")
        .hasMessageContaining("Unknown setting MILLRACE_MQTT_PRT (environment). Did you mean");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("millrace.conf"), text);
  }
}
