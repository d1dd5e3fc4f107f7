package io.millrace.app;

import io.millrace.base.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every room's settings, read and checked together.
///
/// A room that gets a `Config` record is added here, with its prefix in [#PREFIXES].
record MillraceConfig(
    DataConfig data,
    StorageConfig storage,
    BindConfig bind,
    io.millrace.wire.mqtt.MqttConfig mqtt,
    io.millrace.wire.mosquitto.Config mosquitto,
    io.millrace.wire.http.Config http,
    io.millrace.wire.realtime.Config realtime,
    io.millrace.store.realtime.Config realtimeStore,
    io.millrace.wire.device.Config device,
    io.millrace.wire.kafka.Config kafka,
    io.millrace.wire.kafka.FlowConfig kafkaFlow,
    io.millrace.wire.kafka.ApiConfig kafkaApi,
    io.millrace.wire.mail.Config mail,
    io.millrace.wire.user.Config user,
    io.millrace.wire.admin.Config admin,
    io.millrace.engine.access.Config access,
    io.millrace.engine.pipeline.Config pipeline,
    io.millrace.engine.rules.Config rules,
    io.millrace.engine.fields.Config fields,
    io.millrace.engine.notifications.Config notifications,
    io.millrace.engine.scripts.Config scripts,
    io.millrace.engine.alarms.Config alarms,
    io.millrace.engine.rpc.Config rpc,
    io.millrace.engine.live.Config live,
    io.millrace.store.messages.Config messages,
    io.millrace.store.entities.Config entities) {

  /// Where a component's settings are named otherwise than the component.
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("realtimeStore", "realtime"),
          Map.entry("mosquitto", "mqtt"),
          Map.entry("kafkaFlow", "kafka"),
          Map.entry("kafkaApi", "kafka.api"));

  /// Reads file, environment and flags over a command's own defaults.
  ///
  /// @param file the settings file; when null, `millrace.conf` in the working directory if there
  /// @throws io.millrace.base.config.SettingsException naming every fault
  static MillraceConfig read(
      Map<String, String> own, String command, @Nullable Path file, List<String> flags) {
    var settings = Settings.of().add(own, command);
    var usual = Path.of("millrace.conf");
    if (file != null) {
      settings.add(file);
    } else if (Files.exists(usual)) {
      settings.add(usual);
    }
    settings.addEnvironment(System.getenv()).addFlags(flags);
    var config = settings.bindRooms(MillraceConfig.class, MillraceConfig::prefix);
    settings.check();
    return config;
  }

  /// The records by prefix, for the reference page.
  static Map<String, List<Class<? extends Record>>> rooms() {
    var rooms = new LinkedHashMap<String, List<Class<? extends Record>>>();
    for (var component : MillraceConfig.class.getRecordComponents()) {
      rooms.merge(
          prefix(component.getName()),
          List.of(component.getType().asSubclass(Record.class)),
          (before, more) -> List.of(before.getFirst(), more.getFirst()));
    }
    return rooms;
  }

  private static String prefix(String component) {
    return PREFIXES.getOrDefault(component, component);
  }
}
