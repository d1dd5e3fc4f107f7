package io.millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The realtime database as its SDKs use it: durable writes, idle listeners, fan-out, restart.
@Command(
    name = "realtime",
    description = "Durable writes, idle listeners, fan-out and restart of the realtime database.")
final class RealtimeBench implements Callable<Integer> {
  private static final int WINDOW = 4_000;
  private static final String DATABASE = "bench";

  @Option(names = "--seconds", defaultValue = "5", description = "Of each load (default: 5).")
  private int seconds;

  @Option(
      names = "--writers",
      defaultValue = "64",
      description = "Writers that wait (default: 64).")
  private int writers;

  @Option(
      names = "--idle",
      defaultValue = "10000",
      description = "Idle listeners (default: 10000).")
  private int idle;

  @Option(
      names = "--fan",
      defaultValue = "1000",
      description = "Listeners of one write (default: 1000).")
  private int fan;

  @Option(
      names = "--leaves",
      defaultValue = "1000000",
      description = "Leaves at restart (default: 1000000).")
  private int leaves;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "writes,fan,idle,restart",
      description = "Which loads (default: ${DEFAULT-VALUE}).")
  private Set<String> only = Set.of();

  @Override
  public Integer call() throws Exception {
    if (only.contains("writes") || only.contains("fan")) {
      try (var server = Server.demo()) {
        writesAndFan(server);
      }
    }
    if (only.contains("idle")) {
      try (var server = Server.demo()) { // what other loads leave in the heap is none of theirs
        idle(server, server.port("realtime.port"));
      }
    }
    if (only.contains("restart")) {
      try (var server = Server.demo()) {
        restart(server, server.port("realtime.port"));
      }
    }
    return 0;
  }

  private void writesAndFan(Server server) throws Exception {
    int port = server.port("realtime.port");
    pipelined(port); // warm
    if (only.contains("writes")) {
      measure(server, "pipelined durable writes", () -> pipelined(port));
      measure(server, "durable writes, %d writers waiting".formatted(writers), () -> waiting(port));
    }
    if (only.contains("fan")) {
      fanOut(port);
    }
  }

  /// Prints a rate, and the server's CPU time for each, which other work on the machine cannot
  /// spoil.
  private void measure(Server server, String what, Callable<Long> load) throws Exception {
    long cpuBefore = server.cpu().toNanos();
    long began = System.nanoTime();
    long rate = load.call();
    double count = rate * ((System.nanoTime() - began) / 1e9);
    System.out.printf(
        "%s: %,d/s, %.1f us CPU each%n",
        what, rate, (server.cpu().toNanos() - cpuBefore) / 1e3 / count);
  }

  private long pipelined(int port) throws IOException, InterruptedException, ExecutionException {
    try (var socket = RawWebSocket.connect(port, DATABASE);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var window = new Semaphore(WINDOW);
      long began = System.nanoTime();
      long end = began + seconds * 1_000_000_000L;
      var sent = threads.submit(() -> send(socket, window, end));
      long answered = 0;
      while (!sent.isDone() || answered < sent.get()) {
        checkOk(socket.read());
        window.release();
        answered++;
      }
      return answered * 1_000_000_000L / (System.nanoTime() - began);
    }
  }

  private static long send(RawWebSocket socket, Semaphore window, long end) throws Exception {
    int number = 0;
    while (System.nanoTime() < end) {
      window.acquire();
      number++;
      socket.ask(number, "p", "{\"p\":\"/w/%d/v\",\"d\":%d}".formatted(number % 10_000, number));
    }
    return number;
  }

  private static void checkOk(String answer) {
    if (!answer.contains("\"s\":\"ok\"")) {
      throw new IllegalStateException("Refused: " + answer);
    }
  }

  private long waiting(int port) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      var counts = new ArrayList<Future<Long>>();
      for (int i = 0; i < writers; i++) {
        int writer = i;
        counts.add(threads.submit(() -> write(port, writer, end)));
      }
      long all = 0;
      for (var count : counts) {
        all += count.get();
      }
      return all / seconds;
    }
  }

  private static long write(int port, int writer, long end) throws IOException {
    try (var socket = RawWebSocket.connect(port, DATABASE)) {
      int number = 0;
      while (System.nanoTime() < end) {
        socket.ask(++number, "p", "{\"p\":\"/one/%d\",\"d\":%d}".formatted(writer, number));
        checkOk(socket.read());
      }
      return number;
    }
  }

  /// From the send of a write until the last listener has its bytes.
  private void fanOut(int port) throws IOException {
    var sockets = listeners(port, fan, "/fan");
    try (var selector = Selector.open();
        var writer = RawWebSocket.connect(port, DATABASE)) {
      for (var socket : sockets) {
        socket.channel().configureBlocking(false);
        socket.channel().register(selector, SelectionKey.OP_READ);
      }
      for (int i = 0; i < 100; i++) {
        fanOut(writer, selector, i); // warm
      }
      var millis = new double[500];
      for (int i = 0; i < millis.length; i++) {
        millis[i] = fanOut(writer, selector, 1_000 + i);
      }
      Arrays.sort(millis);
      System.out.printf(
          "one durable write to %d listeners: median %.1f ms, p99 %.1f ms%n",
          fan, millis[millis.length / 2], millis[millis.length * 99 / 100]);
    }
    close(sockets);
  }

  private double fanOut(RawWebSocket writer, Selector selector, int number) throws IOException {
    long began = System.nanoTime();
    writer.ask(number, "p", "{\"p\":\"/fan/v\",\"d\":%d}".formatted(number));
    awaitAll(selector, fan);
    double millis = (System.nanoTime() - began) / 1e6;
    checkOk(writer.read());
    return millis;
  }

  private static void awaitAll(Selector selector, int count) throws IOException {
    var bytes = ByteBuffer.allocate(4_096);
    for (int seen = 0; seen < count; ) {
      selector.select();
      for (var key : selector.selectedKeys()) {
        bytes.clear();
        seen += ((SocketChannel) key.channel()).read(bytes) > 0 ? 1 : 0;
      }
      selector.selectedKeys().clear();
    }
  }

  private void idle(Server server, int port) throws IOException {
    long before = residentAtRest(server);
    var sockets = listeners(port, idle, "/idle/%d");
    System.out.printf(
        "%,d idle listeners: %d MB resident at rest (%d MB before)%n",
        idle, residentAtRest(server), before);
    close(sockets);
  }

  /// What is resident when two rounds of the collector, which come every 10 s, have given back what
  /// the start, or the loads, left.
  private static long residentAtRest(Server server) {
    LockSupport.parkNanos(Duration.ofSeconds(25).toNanos());
    return server.residentMb();
  }

  private static List<RawWebSocket> listeners(int port, int count, String path) throws IOException {
    var sockets = new ArrayList<RawWebSocket>(count);
    for (int i = 0; i < count; i++) {
      var socket = RawWebSocket.connect(port, DATABASE);
      socket.ask(1, "q", "{\"p\":\"%s\",\"h\":\"\"}".formatted(path.formatted(i)));
      var answer = socket.read();
      checkOk(answer.contains("\"a\":\"d\"") ? socket.read() : answer);
      sockets.add(socket);
    }
    return sockets;
  }

  private static void close(List<RawWebSocket> sockets) throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }

  private void restart(Server server, int port) throws Exception {
    long empty = server.ready().toMillis();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < leaves; i += 10_000) {
        var body = new StringBuilder("{");
        for (int k = i; k < Math.min(leaves, i + 10_000); k++) {
          body.append(k == i ? "" : ",").append("\"k%07d\":%d".formatted(k, k));
        }
        var uri = URI.create("http://127.0.0.1:" + port + "/many.json?print=silent&ns=" + DATABASE);
        var patch = BodyPublishers.ofString(body.append('}').toString());
        var request = HttpRequest.newBuilder(uri).method("PATCH", patch).build();
        var reply = client.send(request, BodyHandlers.ofString());
        if (reply.statusCode() != 204) {
          throw new IllegalStateException(reply.statusCode() + " " + reply.body());
        }
      }
    }
    server.stop();
    var again = Server.demo(server.folder());
    System.out.printf(
        "restart with %,d leaves: %d ms to ready (%d ms with an empty directory), %d MB resident%n",
        leaves, again.ready().toMillis(), empty, again.residentMb());
    again.stop();
  }
}
