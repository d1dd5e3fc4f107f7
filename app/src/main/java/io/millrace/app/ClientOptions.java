package io.millrace.app;

import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that `pub` and `sub` share, spelled as `mosquitto_pub` and `mosquitto_sub` have them.
final class ClientOptions {
  @Option(
      names = {"-h", "--host"},
      defaultValue = "localhost",
      description = "Broker (default: ${DEFAULT-VALUE}).")
  private String host = "localhost";

  @Option(
      names = {"-p", "--port"},
      defaultValue = "1883",
      description = "Port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = {"-i", "--id"},
      defaultValue = "",
      description = "Client identifier; by default the broker assigns one.")
  private String clientId = "";

  @Option(
      names = {"-u", "--username"},
      description = "User name, or a device's access token.")
  private @Nullable String userName;

  @Option(
      names = {"-P", "--pw"},
      description = "Password.")
  private @Nullable String password;

  @Option(
      names = {"-k", "--keepalive"},
      defaultValue = "60",
      description = "Keep alive in seconds (default: ${DEFAULT-VALUE}).")
  private int keepAliveSeconds;

  @Option(
      names = {"-V", "--protocol-version"},
      defaultValue = "mqttv311",
      description = "mqttv31, mqttv311 or mqttv5 (default: ${DEFAULT-VALUE}).")
  private String version = "mqttv311";

  @Option(
      names = {"-q", "--qos"},
      defaultValue = "0",
      description = "Quality of service 0, 1 or 2 (default: ${DEFAULT-VALUE}).")
  private int qos;

  @Option(names = "--help", usageHelp = true, description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  int qos() {
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("-q " + qos + " is not a quality of service: 0, 1 or 2");
    }
    return qos;
  }

  MqttClientOptions connection() {
    var options =
        MqttClientOptions.to(host, port)
            .clientId(clientId)
            .keepAlive(keepAliveSeconds)
            .version(protocolVersion());
    if (userName != null) {
      options = options.userName(userName);
    }
    if (password != null) {
      options = options.password(password.getBytes(StandardCharsets.UTF_8));
    }
    return options;
  }

  private ProtocolVersion protocolVersion() {
    return switch (version) {
      case "mqttv31", "31" -> ProtocolVersion.V3_1;
      case "mqttv311", "311" -> ProtocolVersion.V3_1_1;
      case "mqttv5", "5" -> ProtocolVersion.V5;
      default ->
          throw new IllegalArgumentException(
              "-V " + version + " is not a version: mqttv31, mqttv311 or mqttv5");
    };
  }
}
