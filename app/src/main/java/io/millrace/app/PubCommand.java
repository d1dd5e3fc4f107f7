package io.millrace.app;

import io.millrace.wire.mqtt.MqttClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millrace pub`: publishes to any broker, with `mosquitto_pub`'s flags.
@Command(
    name = "pub",
    description = "Publishes a message to an MQTT broker.",
    abbreviateSynopsis = true)
final class PubCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();

  @Option(
      names = {"-t", "--topic"},
      required = true,
      description = "Topic to publish to.")
  private String topic = "";

  @Option(
      names = {"-r", "--retain"},
      description = "Let the broker keep the message.")
  private boolean retain;

  @ArgGroup(multiplicity = "1")
  private Message message = new Message();

  /// Where the payload comes from.
  private static final class Message {
    @Option(
        names = {"-m", "--message"},
        description = "The message.")
    private @Nullable String text;

    @Option(
        names = {"-f", "--file"},
        description = "A file that is the message.")
    private @Nullable Path file;

    @Option(
        names = {"-n", "--null-message"},
        description = "An empty message.")
    @SuppressWarnings("UnusedVariable") // picocli needs it: the group asks for one of these
    private boolean empty;

    @Option(
        names = {"-s", "--stdin-file"},
        description = "Standard input, to its end, is the message.")
    private boolean wholeInput;

    @Option(
        names = {"-l", "--stdin-line"},
        description = "Each line of standard input is a message.")
    private boolean lines;
  }

  @Override
  public Integer call() throws IOException {
    int qos = options.qos();
    try (var client = MqttClient.connect(options.connection())) {
      if (message.lines) {
        publishLines(client, qos);
      } else {
        client.publish(topic, payload(), qos, retain);
      }
    }
    return 0;
  }

  private void publishLines(MqttClient client, int qos) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = input.readLine(); line != null; line = input.readLine()) {
      client.publish(topic, line.getBytes(StandardCharsets.UTF_8), qos, retain);
    }
  }

  private byte[] payload() throws IOException {
    if (message.file != null) {
      return Files.readAllBytes(message.file);
    } else if (message.wholeInput) {
      return System.in.readAllBytes();
    }
    return message.text == null ? new byte[0] : message.text.getBytes(StandardCharsets.UTF_8);
  }
}
