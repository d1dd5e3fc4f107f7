package io.millrace.wire.mqtt;

import java.util.List;

/// Debian's mosquitto_pub and mosquitto_sub; they do not speak WebSocket.
final class MosquittoClient extends ProgramClient {
  private final String version;

  /// Of that protocol.
  ///
  /// @param version `mqttv31`, `mqttv311` or `mqttv5`
  MosquittoClient(String version) {
    this.version = version;
  }

  @Override
  String ready() {
    return "Subscribed (mid";
  }

  @Override
  List<String> publishing(
      Way way, String id, String topic, String payload, int qos, boolean retain) {
    var words =
        words(common(way, "mosquitto_pub", shorter(id)), "-t", topic, "-m", payload, "-q", qos);
    return retain ? words(words, "-r") : words;
  }

  @Override
  List<String> subscribing(Way way, String id, boolean keep, String filter, int qos) {
    var words = words(listening(way, id), "-t", filter, "-q", qos);
    if (!keep) {
      return words;
    }
    return version.equals("mqttv5") ? words(words, "-c", "-x", 1000) : words(words, "-c");
  }

  @Override
  List<String> dying(Way way, String id, String topic, String payload) {
    return words(
        listening(way, id),
        "-t",
        "none",
        "--will-topic",
        topic,
        "--will-payload",
        payload,
        "--will-qos",
        1);
  }

  @Override
  void end(Process process) {
    process.destroy();
    process.onExit().join();
  }

  private List<String> listening(Way way, String id) {
    return words(common(way, "mosquitto_sub", id), "-d", "-F", "message %p");
  }

  private List<String> common(Way way, String program, String id) {
    var words =
        words(
            List.of("stdbuf", "-oL", program),
            "-V",
            version,
            "-h",
            way.host(),
            "-p",
            way.port(),
            "-i",
            id);
    return way.transport() == Way.Transport.TLS ? words(words, "--cafile", way.authority()) : words;
  }

  /// MQTT 3.1 has identifiers of 23 characters.
  private static String shorter(String id) {
    return id.substring(0, Math.min(id.length(), 23));
  }
}
