package io.millrace.wire.mosquitto;

import static io.millrace.wire.mosquitto.ConfOptions.always;
import static io.millrace.wire.mosquitto.ConfOptions.honoured;
import static io.millrace.wire.mosquitto.ConfOptions.warned;

import io.millrace.wire.mosquitto.ConfOption.Scope;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Options of the whole broker, and of who may.
final class GlobalOptions {
  private static final long ANY = Integer.MAX_VALUE;

  private GlobalOptions() {}

  static List<ConfOption> all() {
    return List.of(
        // ---- who may
        honoured(
            "allow_anonymous",
            Scope.SECURITY,
            "clients without a user name are let in, or not",
            (to, line) -> to.security().allowAnonymous = Optional.of(line.bool())),
        honoured(
            "password_file",
            Scope.SECURITY,
            "users by name and password, every hash; read again when it changes",
            (to, line) -> to.security().passwordFile = Optional.of(line.path())),
        honoured(
            "acl_file",
            Scope.SECURITY,
            "topics by user, client identifier and pattern; read again when it changes",
            (to, line) -> to.security().aclFile = Optional.of(line.path())),
        honoured(
            "clientid_prefixes",
            Scope.SECURITY,
            "other client identifiers are refused",
            (to, line) -> to.security().clientIdPrefix = line.text()),
        honoured(
            "per_listener_settings",
            Scope.GLOBAL,
            "who may is said for each listener apart",
            (to, line) -> to.perListener = line.bool()),
        honoured(
            "allow_zero_length_clientid",
            Scope.SECURITY,
            "false: clients without an identifier are refused; true: they get one",
            (to, line) -> to.security().takesNameless = line.bool()),
        honoured(
            "auto_id_prefix",
            Scope.SECURITY,
            "assigned client identifiers begin with it; 'mr-' unless set",
            (to, line) -> to.security().assignedPrefix = line.text()),
        warned("psk_file", Scope.SECURITY, "Java's TLS has no pre-shared keys; use certificates"),
        warned(
            "plugin",
            Scope.SECURITY,
            "plug-ins in C cannot be loaded; use password_file and acl_file, device credentials, or"
                + " tokens (mqtt.jwt.*)"),
        warned(
            "auth_plugin",
            Scope.SECURITY,
            "plug-ins in C cannot be loaded; use password_file and acl_file, device credentials, or"
                + " tokens (mqtt.jwt.*)"),
        warned("global_plugin", Scope.GLOBAL, "plug-ins in C cannot be loaded"),
        warned("plugin_load", Scope.GLOBAL, "plug-ins in C cannot be loaded"),
        warned("plugin_use", Scope.SECURITY, "plug-ins in C cannot be loaded"),
        warned("plugin_opt_*", Scope.SECURITY, "belongs to a plug-in that is not loaded"),
        warned("auth_opt_*", Scope.SECURITY, "belongs to a plug-in that is not loaded"),
        warned(
            "auth_plugin_deny_special_chars",
            Scope.SECURITY,
            "belongs to a plug-in; ACL patterns never take + # / from names here"),
        // ---- limits
        honoured(
            "max_inflight_messages",
            Scope.GLOBAL,
            "mqtt.maxInflight; 0 becomes 65535",
            (to, line) -> set(to, "mqtt.maxInflight", orMax(line.number(0, 65_535), 65_535))),
        honoured(
            "max_queued_messages",
            Scope.GLOBAL,
            "mqtt.maxQueued; 0 sets no limit but mqtt.maxQueuedBytes",
            (to, line) -> set(to, "mqtt.maxQueued", orMax(line.number(0, ANY), ANY))),
        honoured(
            "max_queued_bytes",
            Scope.GLOBAL,
            "mqtt.maxQueuedBytes, 65,536 at least; 0 becomes 1 GB",
            (to, line) ->
                set(
                    to,
                    "mqtt.maxQueuedBytes",
                    Math.max(65_536, orMax(line.number(0, 1L << 40), 1 << 30)))),
        honoured(
            "message_size_limit",
            Scope.GLOBAL,
            "mqtt.maxPacketBytes; the limit is of the whole packet, so 1,024 are added",
            (to, line) ->
                set(
                    to,
                    "mqtt.maxPacketBytes",
                    Math.min(268_435_455, orMax(line.number(0, 268_435_455), 268_435_455) + 1024))),
        honoured(
            "max_packet_size",
            Scope.GLOBAL,
            "mqtt.maxPacketBytes, 1,024 at least",
            (to, line) ->
                set(
                    to,
                    "mqtt.maxPacketBytes",
                    Math.max(1024, orMax(line.number(0, 268_435_455), 268_435_455)))),
        honoured(
            "max_keepalive",
            Scope.GLOBAL,
            "mqtt.maxKeepAlive: MQTT 5.0 clients are given that keep alive",
            (to, line) -> set(to, "mqtt.maxKeepAlive", line.number(0, 65_535))),
        honoured(
            "persistent_client_expiration",
            Scope.GLOBAL,
            "mqtt.maxSessionExpiry; h, d, w, m (30 days), y",
            (to, line) -> to.settings.put("mqtt.maxSessionExpiry", expiration(line))),
        honoured(
            "retain_available",
            Scope.GLOBAL,
            "false: mqtt.maxRetained = 0; clients are told, and closed when they retain",
            (to, line) -> {
              if (!line.bool()) {
                set(to, "mqtt.maxRetained", 0);
              }
            }),
        honoured(
            "global_max_connections",
            Scope.GLOBAL,
            "mqtt.maxConnections",
            (to, line) -> {
              long max = line.number(-1, ANY);
              if (max > 0) {
                set(to, "mqtt.maxConnections", max);
              }
            }),
        warned(
            "global_max_clients",
            Scope.GLOBAL,
            "there is no limit of sessions; sessions end by mqtt.maxSessionExpiry, connections have"
                + " mqtt.maxConnections"),
        warned(
            "max_inflight_bytes",
            Scope.GLOBAL,
            "there is no limit by bytes on the way; max_inflight_messages and max_queued_bytes"
                + " bound them"),
        warned(
            "memory_limit",
            Scope.GLOBAL,
            "set the memory of the process: JAVA_OPTS=-Xmx512m ./millrace run"),
        warned(
            "retain_expiry_interval",
            Scope.GLOBAL,
            "retained messages end by the message expiry that their publisher gives (MQTT 5.0)"),
        warned(
            "packet_buffer_size",
            Scope.GLOBAL,
            "buffers grow and shrink by themselves; leave it out"),
        // ---- behaviour
        always(
            "set_tcp_nodelay",
            Scope.GLOBAL,
            true,
            "TCP_NODELAY is always set, and one flush carries many messages",
            "TCP_NODELAY is always set here; what it would save is saved by one flush for many"
                + " messages"),
        always(
            "queue_qos0_messages",
            Scope.GLOBAL,
            false,
            "messages of QoS 0 do not wait for clients that are away",
            "messages of QoS 0 do not wait for clients that are away; publish with QoS 1"),
        always(
            "upgrade_outgoing_qos",
            Scope.GLOBAL,
            false,
            "a message keeps the lower QoS of publisher and subscription",
            "a message keeps the lower QoS of publisher and subscription, as MQTT says; publish"
                + " with the higher"),
        always(
            "allow_duplicate_messages",
            Scope.GLOBAL,
            false,
            "a client with overlapping subscriptions gets a message once",
            "a client with overlapping subscriptions gets a message once, with all subscription"
                + " identifiers"),
        warned(
            "check_retain_source",
            Scope.GLOBAL,
            "whether a publisher may still write is checked as it publishes, not again as the"
                + " retained message goes out; delete what should go"),
        honoured(
            "sys_interval",
            Scope.GLOBAL,
            "mqtt.sysInterval; 0 publishes no $SYS topics",
            (to, line) -> to.settings.put("mqtt.sysInterval", line.number(0, 65_535) + "s")),
        honoured(
            "accept_protocol_versions",
            Scope.LISTENER,
            "3, 4 and 5 stand for 3.1, 3.1.1 and 5.0; other clients are refused",
            (to, line) -> to.listener().versions = versions(line)),
        ignored(
            "retry_interval",
            "of no effect since Mosquitto 1.5: messages go out again when the client comes back"),
        ignored("store_clean_interval", "of no effect since Mosquitto 1.5"),
        // ---- persistence
        honoured(
            "persistence",
            Scope.GLOBAL,
            "false: retained messages and sessions end with the process; true: each is stored"
                + " before it is acknowledged",
            (to, line) -> to.persistence = line.bool()),
        warned(
            "persistence_location",
            Scope.GLOBAL,
            "Millrace keeps all its data in data.dir (--data.dir=DIRECTORY). To take over what"
                + " Mosquitto has there: millrace import mosquitto-db FILE"),
        warned(
            "persistence_file",
            Scope.GLOBAL,
            "Millrace keeps all its data in data.dir. To take over what Mosquitto has there:"
                + " millrace import mosquitto-db FILE"),
        ignored(
            "autosave_interval",
            "not needed: every change is stored at once, before it is acknowledged"),
        ignored(
            "autosave_on_changes",
            "not needed: every change is stored at once, before it is acknowledged"),
        // ---- process and log
        honoured(
            "pid_file",
            Scope.GLOBAL,
            "written at the start, removed at the end",
            (to, line) -> to.pidFile = Optional.of(line.path())),
        warned(
            "user",
            Scope.GLOBAL,
            "the process stays the user who started it; start it as that user (systemd: User=)"),
        honoured(
            "log_dest",
            Scope.GLOBAL,
            "file, stdout, stderr and none; syslog, topic, dlt and android are warned of",
            GlobalOptions::logTo),
        honoured(
            "log_type",
            Scope.GLOBAL,
            "debug and all show everything; without information and notice only warnings and"
                + " errors",
            GlobalOptions::logType),
        honoured(
            "log_timestamp",
            Scope.GLOBAL,
            "lines begin with the time, or not",
            (to, line) -> {
              to.log.isSet = true;
              to.log.timestamp = line.bool();
            }),
        warned(
            "log_timestamp_format",
            Scope.GLOBAL,
            "lines begin with date and time to the millisecond"),
        warned(
            "log_facility", Scope.GLOBAL, "there is no syslog; journald takes what goes to stderr"),
        warned(
            "connection_messages",
            Scope.GLOBAL,
            "connections are counted, not logged; log_type debug logs each"),
        honoured(
            "include_dir",
            Scope.GLOBAL,
            "the files that end in .conf, in the order of their names",
            (_, _) -> {}));
  }

  private static Set<ProtocolVersion> versions(ConfLine line) {
    var all = EnumSet.noneOf(ProtocolVersion.class);
    for (var word : line.text().split("[\\s,]+", -1)) {
      all.add(
          switch (word) {
            case "3" -> ProtocolVersion.V3_1;
            case "4" -> ProtocolVersion.V3_1_1;
            case "5" -> ProtocolVersion.V5;
            default ->
                throw line.fault("'%s' is no version: 3, 4 or 5, or several: 4,5".formatted(word));
          });
    }
    return all;
  }

  private static ConfOption ignored(String name, String says) {
    return new ConfOption(name, Scope.GLOBAL, ConfOption.Fate.ALWAYS, says, (_, _) -> {});
  }

  private static void set(ConfModel to, String setting, long value) {
    to.settings.put(setting, Long.toString(value));
  }

  private static long orMax(long value, long max) {
    return value == 0 ? max : value;
  }

  private static String expiration(ConfLine line) {
    if (!line.text().matches("\\d{1,6}[hdwmy]")) {
      throw line.fault("'%s' is no time such as 12h, 14d, 2w, 2m or 1y".formatted(line.value()));
    }
    int last = line.value().length() - 1;
    long amount = Long.parseLong(line.value().substring(0, last));
    return switch (line.value().charAt(last)) {
      case 'h' -> amount + "h";
      case 'd' -> amount + "d";
      case 'w' -> amount * 7 + "d";
      case 'm' -> amount * 30 + "d";
      default -> amount * 365 + "d";
    };
  }

  private static void logTo(ConfModel to, ConfLine line) {
    var words = line.text().split("\\s+", 2);
    to.log.isSet = true;
    switch (words[0]) {
      case "stdout" -> to.log.standardOutput = true;
      case "stderr" -> to.log.standardError = true;
      case "none" -> to.log.nowhere = true;
      case "file" -> {
        if (words.length < 2) {
          throw line.fault("a file name is missing: log_dest file /var/log/millrace.log");
        }
        to.log.files.add(Path.of(words[1]));
      }
      case "syslog", "dlt", "android" ->
          to.warn(line, "not written; the log goes to stderr, which journald takes");
      case "topic" ->
          to.warn(
              line, "not published; read the log's file or stderr, and figures under $SYS/broker");
      default ->
          throw line.fault(
              "'%s' is no destination: none, stdout, stderr, syslog, topic, or file NAME"
                  .formatted(words[0]));
    }
  }

  private static void logType(ConfModel to, ConfLine line) {
    to.log.isSet = true;
    switch (line.text()) {
      case "debug", "all" -> to.log.debug = true;
      case "information", "notice" -> to.log.quiet = false;
      case "error", "warning" -> to.log.quiet = to.log.quiet || !to.log.debug;
      case "none" -> to.log.nowhere = true;
      case "subscribe", "unsubscribe", "websockets", "internal" ->
          to.warn(line, "not a kind of its own; log_type debug shows it");
      default ->
          throw line.fault(
              "'%s' is no type: debug, error, warning, notice, information, subscribe, unsubscribe, websockets, none or all"
                  .formatted(line.value()));
    }
  }
}
