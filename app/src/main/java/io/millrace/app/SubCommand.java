package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.wire.mosquitto.TopicMatch;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.Subscribe;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millrace sub`: prints what a broker sends, with `mosquitto_sub`'s flags.
@Command(
    name = "sub",
    description = "Prints the messages of an MQTT broker's topics.",
    abbreviateSynopsis = true)
final class SubCommand implements Callable<Integer> {
  /// Messages read but not yet printed; beyond it the connection waits for the terminal.
  private static final int UNPRINTED_MAX = 10_000;

  private static final int TIMED_OUT = 27; // mosquitto_sub's exit status for -W

  @Mixin private ClientOptions options = new ClientOptions();

  @Option(
      names = {"-t", "--topic"},
      description = "Topic filter; may be given several times.")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = {"-T", "--filter-out"},
      description = "Leave out messages of these topics; may be given several times.")
  private List<String> without = new ArrayList<>();

  @Option(
      names = {"-U", "--unsubscribe"},
      description = "Unsubscribe from this filter; may be given several times.")
  private List<String> unsubscribe = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the topic before each message.")
  private boolean verbose;

  @Option(
      names = {"-N", "--no-eol"},
      description = "No line end after each message.")
  private boolean noLineEnd;

  @Option(
      names = {"-F", "--format"},
      description = "Print by this format: %%t topic, %%p payload, %%j JSON, @Y-@m-@d time, …")
  private @Nullable String format;

  @Option(names = "--pretty", description = "Print JSON (-F %%j, %%J) over several lines.")
  private boolean pretty;

  @Option(
      names = "--random-filter",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "Print that share of the messages, 0.1 to 100, chosen at random.")
  private double percent;

  @Option(
      names = {"-R", "--no-retained"},
      description = "Leave out retained messages.")
  private boolean noRetained;

  @Option(names = "--retained-only", description = "Stop before the first message not retained.")
  private boolean retainedOnly;

  @Option(
      names = "--retain-as-published",
      description = "Leave the retain flag as it was (mqttv5).")
  private boolean retainAsPublished;

  @Option(names = "--remove-retained", description = "Delete the retained messages that come.")
  private boolean removeRetained;

  @Option(
      names = {"-E", "--exit-after-subscribe"},
      description = "Stop when subscribed.")
  private boolean subscribeOnly;

  @Option(
      names = {"-C", "--count"},
      defaultValue = "0",
      description = "Stop after that many messages.")
  private int count;

  @Option(
      names = {"-W", "--timeout"},
      defaultValue = "0",
      description = "Stop after that many seconds, with exit status " + TIMED_OUT + ".")
  private int timeoutSeconds;

  private final RandomGenerator random = new SecureRandom();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>(UNPRINTED_MAX);

  private sealed interface Event {}

  private record Message(Publish publish) implements Event {}

  private record Closed(String reason) implements Event {}

  @Override
  public Integer call() throws InterruptedException {
    int qos = options.qos();
    options.urlTopic().ifPresent(filters::add);
    if (filters.isEmpty() && unsubscribe.isEmpty()) {
      throw new IllegalArgumentException("sub needs a topic filter: -t FILTER");
    }
    if (percent < 0.1 || percent > 100) {
      throw new IllegalArgumentException("--random-filter is a percentage from 0.1 to 100");
    }
    try (var client = MqttClient.connect(options.connection(), this::received)) {
      client.onClosed(reason -> enqueue(new Closed(reason)));
      options.debug("Client %s connected", client.clientId());
      unsubscribe.forEach(client::unsubscribe);
      for (var filter : filters) {
        var request = new Subscribe.Request(filter, qos, false, retainAsPublished, 0);
        int granted = client.subscribe(request, options.properties().subscribe());
        options.debug("Subscribed to %s with QoS %d", filter, granted);
      }
      return subscribeOnly ? 0 : print(client);
    }
  }

  private int print(MqttClient client) throws InterruptedException {
    var deadline = Clock.SYSTEM.nanos() + Duration.ofSeconds(timeoutSeconds).toNanos();
    for (int printed = 0; count == 0 || printed < count; printed++) {
      var event =
          timeoutSeconds == 0
              ? events.take()
              : events.poll(deadline - Clock.SYSTEM.nanos(), TimeUnit.NANOSECONDS);
      switch (event) {
        case null -> {
          options.error("Timed out");
          return TIMED_OUT;
        }
        case Closed(var reason) -> {
          options.error("The connection ended: %s", reason);
          return 1;
        }
        case Message(var message) -> {
          if (retainedOnly && !message.retain()) {
            return 0;
          }
          print(message, System.out);
          if (removeRetained && message.retain()) {
            client.publish(message.topicText(), new byte[0], 1, true);
          }
        }
      }
    }
    return 0;
  }

  private void print(Publish message, PrintStream out) {
    if (format != null) {
      printFormatted(message, format, out);
    } else {
      if (verbose) {
        out.print(message.topicText() + " ");
      }
      out.write(message.payload(), 0, message.payload().length);
    }
    if (!noLineEnd) {
      out.println();
    }
    out.flush();
  }

  private void printFormatted(Publish message, String how, PrintStream out) {
    try {
      out.writeBytes(
          new MessageFormat(how, ZoneId.systemDefault(), pretty)
              .line(message, Clock.SYSTEM.instant()));
    } catch (MessageFormat.NotJsonException e) {
      options.error("Error: %s", String.valueOf(e.getMessage()));
    }
  }

  private void received(Publish publish) {
    boolean isLeftOut =
        (noRetained && publish.retain())
            || random.nextDouble() * 100 >= percent
            || without.stream().anyMatch(filter -> TopicMatch.matches(filter, publish.topicText()));
    if (!isLeftOut) {
      enqueue(new Message(publish));
    }
  }

  private void enqueue(Event event) {
    try {
      events.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
