package io.millrace.app;

import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.TopicName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      defaultValue = "",
      description = "Topic to publish to.")
  private String topic = "";

  @Option(names = "--repeat", defaultValue = "1", description = "Publish that many times.")
  private int repeat;

  @Option(
      names = "--repeat-delay",
      defaultValue = "0",
      description = "Seconds between them, also parts of a second.")
  private double repeatDelaySeconds;

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
  public Integer call() throws IOException, InterruptedException {
    int qos = options.qos();
    var properties = options.properties().publish();
    var to = topic.isEmpty() ? options.urlTopic().orElse("") : topic;
    if (to.isEmpty() || to.contains("+") || to.contains("#")) {
      throw new IllegalArgumentException(
          "'%s' is no topic to publish to; give one without + and # by -t".formatted(to));
    }
    try (var client = MqttClient.connect(options.connection())) {
      options.debug("Client %s connected", client.clientId());
      if (message.lines) {
        publishLines(client, to, qos, properties);
      } else {
        publish(
            client, new Publish(TopicName.of(to), payload(), qos, retain, false, 0, properties));
      }
    }
    return 0;
  }

  private void publish(MqttClient client, Publish what) throws InterruptedException {
    var never = new CountDownLatch(1);
    for (int i = 0; i < repeat; i++) {
      if (i > 0 && repeatDelaySeconds > 0) {
        boolean _ = never.await((long) (repeatDelaySeconds * 1000), TimeUnit.MILLISECONDS);
      }
      client.publish(what);
      options.debug("Sent %s, %d bytes", what.topicText(), what.payload().length);
    }
  }

  private void publishLines(MqttClient client, String to, int qos, Properties properties)
      throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = input.readLine(); line != null; line = input.readLine()) {
      var payload = line.getBytes(StandardCharsets.UTF_8);
      client.publish(new Publish(TopicName.of(to), payload, qos, retain, false, 0, properties));
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
