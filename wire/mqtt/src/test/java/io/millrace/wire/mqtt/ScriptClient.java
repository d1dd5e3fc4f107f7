package io.millrace.wire.mqtt;

import java.util.List;
import java.util.Locale;

/// `client.py` with python3-paho-mqtt, or `client.mjs` with npm's mqtt.
final class ScriptClient extends ProgramClient {
  private final List<String> program;
  private final int version;

  /// A script.
  ///
  /// @param version 4 for 3.1.1, or 5
  ScriptClient(List<String> program, int version) {
    this.program = program;
    this.version = version;
  }

  @Override
  public void publishEach(Way way, String topic) {
    run(
        words(
            common(way, "pub", "each"),
            topic,
            "qos0",
            0,
            false,
            "qos1",
            1,
            false,
            "qos2",
            2,
            false));
  }

  @Override
  List<String> publishing(
      Way way, String id, String topic, String payload, int qos, boolean retain) {
    return words(common(way, "pub", id), topic, payload, qos, retain);
  }

  @Override
  List<String> subscribing(Way way, String id, boolean keep, String filter, int qos) {
    return words(common(way, "sub", id), keep ? "keep" : "clean", filter, qos);
  }

  @Override
  List<String> dying(Way way, String id, String topic, String payload) {
    return words(common(way, "will", id), topic, payload);
  }

  private List<String> common(Way way, String what, String id) {
    var transport = way.transport().name().toLowerCase(Locale.ROOT);
    return words(program, what, way.host(), way.port(), transport, way.authority(), id, version);
  }
}
