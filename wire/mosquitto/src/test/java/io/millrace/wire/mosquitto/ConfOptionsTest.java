package io.millrace.wire.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every option of mosquitto.conf(5): taken, and named in a warning when it does not do the same.
class ConfOptionsTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "compat", "mosquitto-conf.md");

  /// The names in the manual of 2.0.11, in its order.
  private static final String MANUAL =
      """
      acl_file allow_anonymous allow_duplicate_messages allow_zero_length_clientid auth_opt_x
      auth_plugin auth_plugin_deny_special_chars auto_id_prefix autosave_interval
      autosave_on_changes check_retain_source clientid_prefixes connection_messages log_dest
      log_facility log_timestamp log_timestamp_format log_type max_inflight_bytes
      max_inflight_messages max_keepalive max_packet_size max_queued_bytes max_queued_messages
      memory_limit message_size_limit password_file per_listener_settings persistence
      persistence_file persistence_location persistent_client_expiration pid_file plugin
      plugin_opt_x psk_file queue_qos0_messages retain_available set_tcp_nodelay sys_interval
      upgrade_outgoing_qos user bind_address bind_interface http_dir listener max_connections
      max_qos max_topic_alias mount_point port protocol socket_domain use_username_as_clientid
      websockets_log_level websockets_headers_size cafile capath certfile ciphers ciphers_tls1.3
      crlfile dhparamfile keyfile require_certificate tls_engine tls_engine_kpass_sha1 tls_keyform
      tls_version use_identity_as_username use_subject_as_username psk_hint address addresses
      bridge_attempt_unsubscribe bridge_bind_address bridge_max_packet_size bridge_outgoing_retain
      bridge_protocol_version cleansession local_cleansession connection keepalive_interval
      idle_timeout local_clientid local_password local_username notifications
      notifications_local_only notification_topic remote_clientid remote_password remote_username
      restart_timeout round_robin start_type threshold topic try_private bridge_alpn bridge_cafile
      bridge_capath bridge_certfile bridge_identity bridge_insecure bridge_keyfile bridge_psk
      bridge_require_ocsp bridge_tls_version include_dir
      """;

  /// A good value where `true` or `x` is none.
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("bridge_max_packet_size", "0"),
          Map.entry("bridge_receive_maximum", "0"),
          Map.entry("max_inflight_messages", "0"),
          Map.entry("max_queued_messages", "0"),
          Map.entry("max_queued_bytes", "0"),
          Map.entry("message_size_limit", "0"),
          Map.entry("max_packet_size", "2000"),
          Map.entry("max_keepalive", "60"),
          Map.entry("persistent_client_expiration", "2w"),
          Map.entry("global_max_connections", "5"),
          Map.entry("sys_interval", "10"),
          Map.entry("log_dest", "file /tmp/x.log"),
          Map.entry("log_type", "all"),
          Map.entry("listener", "1883 127.0.0.1"),
          Map.entry("port", "1883"),
          Map.entry("bind_address", "127.0.0.1"),
          Map.entry("bind_interface", "lo"),
          Map.entry("socket_domain", "ipv4"),
          Map.entry("protocol", "websockets"),
          Map.entry("max_connections", "-1"),
          Map.entry("max_qos", "1"),
          Map.entry("accept_protocol_versions", "4,5"),
          Map.entry("mount_point", "plant/"),
          Map.entry("max_topic_alias", "5"),
          Map.entry("enable_proxy_protocol", "2"),
          Map.entry("tls_version", "tlsv1.2"),
          Map.entry("bridge_tls_version", "tlsv1.2"),
          Map.entry("keepalive_interval", "30"),
          Map.entry("restart_timeout", "5 30"),
          Map.entry("start_type", "lazy"),
          Map.entry("idle_timeout", "60"),
          Map.entry("threshold", "10"),
          Map.entry("bridge_protocol_version", "mqttv50"),
          Map.entry("bridge_session_expiry_interval", "60"),
          Map.entry("topic", "a/# both 2 l/ r/"),
          Map.entry("connection", "second"));

  @TempDir Path folder;

  static Stream<ConfOption> options() {
    return ConfOptions.all().stream();
  }

  @ParameterizedTest
  @MethodSource("options")
  void eachOptionIsTakenOrNamedInAWarning(ConfOption option) {
    var name = option.name().replace("*", "x");
    var model = new ConfModel();
    if (option.scope() == ConfOption.Scope.BRIDGE) {
      model.take(ConfOptions.find("connection"), line("connection", "first"));
    }
    model.take(option, line(name, VALUES.getOrDefault(name, "true")));
    var warned = model.warnings.stream().anyMatch(text -> text.contains(name + " "));
    if (option.fate() == ConfOption.Fate.WARNED) {
      assertThat(warned).as(name).isTrue();
    }
    assertThat(option.says()).as(name).hasSizeGreaterThan(3);
  }

  @Test
  void everyOptionOfTheManualIsInTheTable() {
    for (var name : MANUAL.strip().split("\\s+")) {
      assertThat(ConfOptions.find(name)).as(name).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "alow_anonymous true       | x.conf, line 1: unknown option alow_anonymous. Did you mean"
            + " allow_anonymous?",
        "nonsense_at_all 1         | x.conf, line 1: unknown option nonsense_at_all.",
        "allow_anonymous maybe     | line 1: allow_anonymous: 'maybe' is neither true nor false",
        "listener                  | listener: a value is missing",
        "listener 99999            | listener: '99999' is not a whole number from 0 to 65535",
        "listener 0                | port 0 is a Unix socket and needs its file",
        "protocol mqttsn           | 'mqttsn' is no protocol here",
        "persistent_client_expiration 5 | '5' is no time such as",
        "log_dest paper            | 'paper' is no destination",
        "log_type loud             | 'loud' is no type",
        "tls_version ssl3          | 'ssl3' is neither",
        "address h:1               | stands before the first 'connection'",
        "include_dir /nowhere/here | the directory /nowhere/here cannot be read",
        "mount_point a/+           | 'a/+' cannot stand before topics",
        "accept_protocol_versions 6 | '6' is no version: 3, 4 or 5",
        "max_qos 3                 | '3' is not a whole number from 0 to 2",
        "certfile a.pem            | certfile and keyfile go together",
        "require_certificate true  | client certificates need TLS",
        "psk_hint x                | this listener would be open to all",
        "connection b              | this connection has no address"
      })
  void aBadLineIsNamedWithTheCure(String text, String message) throws IOException {
    var file = Files.writeString(folder.resolve("x.conf"), text.strip() + "\n");
    assertThatThrownBy(() -> MosquittoConf.read(file))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyFaultIsNamedAtOnce() throws IOException {
    var file = Files.writeString(folder.resolve("x.conf"), "nonsense 1\n\nmax_qos 9\n");
    assertThatThrownBy(() -> MosquittoConf.read(file))
        .hasMessageContaining("line 1")
        .hasMessageContaining("line 3");
  }

  @Test
  void includedFilesAreReadInOrder() throws IOException {
    var inside = Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(inside.resolve("b.conf"), "max_inflight_messages 2\n");
    Files.writeString(inside.resolve("a.conf"), "max_inflight_messages 1\n");
    Files.writeString(inside.resolve("notes.txt"), "nonsense\n");
    var file = Files.writeString(folder.resolve("x.conf"), "include_dir " + inside + "\n");
    assertThat(MosquittoConf.read(file).settings()).containsEntry("mqtt.maxInflight", "2");
  }

  /// The file of the issue.
  @Test
  void theUsualShortFileSimplyWorks() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            """
            # my broker
            allow_anonymous true
            listener 1883
            persistence false
            persistence_location /mosquitto/data/
            log_dest file /mosquitto/log/mosquitto.log
            """);
    var conf = MosquittoConf.read(file);
    assertThat(conf.isPersistent()).isFalse();
    assertThat(conf.log().files()).containsExactly(Path.of("/mosquitto/log/mosquitto.log"));
    assertThat(conf.warnings()).singleElement().asString().contains("data.dir", "import");
  }

  @Test
  void theReferencePageSaysWhatTheTableDoes() throws IOException {
    var page = page();
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    var page =
        new StringBuilder(
            """
            # mosquitto.conf

            Made from the table in `wire/mosquitto` by its tests (`-Dgolden=update` rewrites it).

            `./millrace run --mosquitto-conf FILE` reads the whole language of mosquitto.conf(5). *honoured*: does what it
            says. *always*: holds here anyway; where another value would change something, a warning says so. *warned*: named
            in a warning at the start, with what to do instead. An option that is not in this table is an error with file,
            line and the nearest name. Settings of Millrace (`--name=value`, `millrace.conf`) win over the file.

            Defaults are Mosquitto's: without a `listener` or `port` only this machine is served, and anonymously; with one,
            anonymous clients are refused unless `allow_anonymous true`; `persistence` is off; 20 messages on their way and
            1,000 waiting per client. Devices are known by their credentials on every listener.
            """);
    for (var scope : ConfOption.Scope.values()) {
      page.append("\n## ")
          .append(title(scope))
          .append("\n\n| option | | here |\n| --- | --- | --- |\n");
      ConfOptions.all().stream()
          .filter(option -> option.scope() == scope)
          .sorted(java.util.Comparator.comparing(ConfOption::name))
          .forEach(
              option ->
                  page.append(
                      "| `%s` | %s | %s |%n"
                          .formatted(
                              option.name(),
                              option.fate().name().toLowerCase(java.util.Locale.ROOT),
                              option.says().replace("|", "\\|"))));
    }
    return page.toString();
  }

  private static String title(ConfOption.Scope scope) {
    return switch (scope) {
      case GLOBAL -> "The whole broker";
      case SECURITY -> "Who may (for one listener with per_listener_settings)";
      case LISTENER -> "Listeners";
      case BRIDGE -> "Bridges";
    };
  }

  private static ConfLine line(String name, String value) {
    return new ConfLine(Path.of("x.conf"), 1, name, value);
  }
}
