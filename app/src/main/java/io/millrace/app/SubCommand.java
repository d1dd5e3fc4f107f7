package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.codec.Publish;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
      required = true,
      description = "Topic filter; may be given several times.")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the topic before each message.")
  private boolean verbose;

  @Option(
      names = {"-N", "--no-eol"},
      description = "No line end after each message.")
  private boolean noLineEnd;

  @Option(
      names = {"-R", "--no-retained"},
      description = "Leave out retained messages.")
  private boolean noRetained;

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

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>(UNPRINTED_MAX);

  private sealed interface Event {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Message(String topic, byte[] payload) implements Event {}

  private record Closed(String reason) implements Event {}

  @Override
  public Integer call() throws InterruptedException {
    int qos = options.qos();
    try (var client = MqttClient.connect(options.connection())) {
      client.onMessage(this::received);
      client.onClosed(reason -> enqueue(new Closed(reason)));
      for (var filter : filters) {
        client.subscribe(filter, qos);
      }
      return print();
    }
  }

  private int print() throws InterruptedException {
    var deadline = Clock.SYSTEM.nanos() + Duration.ofSeconds(timeoutSeconds).toNanos();
    for (int printed = 0; count == 0 || printed < count; printed++) {
      var event =
          timeoutSeconds == 0
              ? events.take()
              : events.poll(deadline - Clock.SYSTEM.nanos(), TimeUnit.NANOSECONDS);
      switch (event) {
        case null -> {
          return TIMED_OUT;
        }
        case Closed(var reason) -> {
          System.err.println("The connection ended: " + reason);
          return 1;
        }
        case Message message -> print(message, System.out);
      }
    }
    return 0;
  }

  private void print(Message message, PrintStream out) {
    if (verbose) {
      out.print(message.topic() + " ");
    }
    out.write(message.payload(), 0, message.payload().length);
    if (!noLineEnd) {
      out.println();
    }
    out.flush();
  }

  private void received(Publish publish) {
    if (!(noRetained && publish.retain())) {
      enqueue(new Message(publish.topicText(), publish.payload()));
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
