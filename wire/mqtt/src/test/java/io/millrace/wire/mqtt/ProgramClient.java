package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.base.runtime.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A client that is a program of its own: `client.py`, `client.mjs`, or Mosquitto's.
abstract class ProgramClient implements OtherClient {
  /// The command that publishes.
  abstract List<String> publishing(
      Way way, String id, String topic, String payload, int qos, boolean retain);

  /// The command that subscribes; it prints [#ready], then [#mark] and a payload for each message.
  abstract List<String> subscribing(Way way, String id, boolean keep, String filter, int qos);

  /// The command that connects with a will and prints [#ready].
  abstract List<String> dying(Way way, String id, String topic, String payload);

  String ready() {
    return "ready";
  }

  String mark() {
    return "message ";
  }

  @Override
  public void publish(Way way, String topic, String payload, int qos, boolean retain) {
    run(publishing(way, "p" + UUID.randomUUID(), topic, payload, qos, retain));
  }

  /// Runs a command to its end.
  static void run(List<String> command) {
    var process = start(command);
    try {
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Open subscribe(
      Way way, String clientId, boolean keep, String filter, int qos, Consumer<String> taker) {
    return open(subscribing(way, clientId, keep, filter, qos), taker);
  }

  @Override
  public Open withWill(Way way, String clientId, String topic, String payload) {
    return open(dying(way, clientId, topic, payload), _ -> {});
  }

  private Open open(List<String> command, Consumer<String> taker) {
    var process = start(command);
    var isReady = new CountDownLatch(1);
    var said = new StringBuffer();
    Threads.platform("output-of-client", () -> read(process, isReady, said, taker)).start();
    try {
      if (!isReady.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException(command + " was not ready: " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return () -> end(process);
  }

  private void read(
      Process process, CountDownLatch isReady, StringBuffer said, Consumer<String> taker) {
    var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).lines();
    try {
      lines.forEach(
          line -> {
            said.append(line).append('\n');
            if (line.contains(ready())) {
              isReady.countDown();
            } else if (line.startsWith(mark())) {
              taker.accept(line.substring(mark().length()));
            }
          });
    } catch (UncheckedIOException closed) {
      said.append("closed");
    }
  }

  /// The end of its input asks a script to disconnect; Mosquitto's programs do so on SIGTERM.
  void end(Process process) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> words(List<String> first, Object... more) {
    var all = new ArrayList<>(first);
    for (var word : more) {
      all.add(word.toString());
    }
    return all;
  }
}
