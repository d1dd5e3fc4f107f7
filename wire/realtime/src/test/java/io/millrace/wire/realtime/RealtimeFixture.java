package io.millrace.wire.realtime;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.engine.security.Identity;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.testkit.SimulatedTime;
import io.millrace.wire.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A whole realtime database on a free port, and a client of it.
final class RealtimeFixture implements AutoCloseable {
  static final String ADMIN = "the-administrator";

  final CommitStore commits;
  final RealtimeStore store;
  final RealtimeApi api;
  final HttpClient client = HttpClient.newHttpClient(); // offers Upgrade: h2c on every request
  private final HttpServer http;
  private final Counters counters = new Counters();
  private final SystemScheduler system = new SystemScheduler();

  RealtimeFixture(Path directory, Map<String, String> settings) {
    this(directory, settings, Optional.empty());
  }

  /// @param time when tests move it
  RealtimeFixture(Path directory, Map<String, String> settings, Optional<SimulatedTime> time) {
    Clock clock = time.<Clock>map(t -> t).orElse(Clock.SYSTEM);
    Scheduler scheduler = time.<Scheduler>map(t -> t).orElse(system);
    var all = new HashMap<>(Map.of("port", "0", "rules", "open", "createDatabases", "true"));
    all.putAll(settings);
    commits = CommitStore.open(directory, 16 << 20);
    store =
        RealtimeStore.open(
            commits,
            Settings.defaults(io.millrace.store.realtime.Config.class),
            clock,
            new Random(1));
    http = HttpServer.open(Settings.defaults(io.millrace.wire.http.Config.class), clock);
    api =
        RealtimeApi.open(
            http,
            "127.0.0.1",
            config(all),
            store,
            RealtimeFixture::identify,
            clock,
            scheduler,
            new Random(2),
            counters);
  }

  private static Identity identify(String token) {
    return token.equals(ADMIN)
        ? new Identity.Administrator(Long.MAX_VALUE)
        : new Identity.Unknown();
  }

  /// Gives a database these rules, single quotes standing for double ones.
  void rules(String database, String rules) {
    var text = "{\"rules\":" + rules.replace('\'', '"').replace('`', '\'') + "}";
    var reply = ask("PUT", "/.settings/rules.json?ns=" + database + "&auth=" + ADMIN, text);
    if (!reply.equals("200 {\"status\":\"ok\"}")) {
      throw new AssertionError(reply);
    }
  }

  static Config config(Map<String, String> settings) {
    var bound = Settings.of().add(settings, "test");
    var config = bound.bind("", Config.class);
    bound.check();
    return config;
  }

  URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + api.port() + pathAndQuery);
  }

  /// @param headers name, value, name, value
  HttpResponse<String> call(String method, String pathAndQuery, String body, String... headers) {
    var request = HttpRequest.newBuilder(uri(pathAndQuery));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    try {
      return client.send(request.method(method, publisher).build(), BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Status, a blank and the body.
  String ask(String method, String pathAndQuery, String body, String... headers) {
    var response = call(method, pathAndQuery, body, headers);
    return (response.statusCode() + " " + response.body()).strip();
  }

  String get(String pathAndQuery, String... headers) {
    return ask("GET", pathAndQuery, "", headers);
  }

  long count(String counter) {
    return counters.count(counter).sum();
  }

  List<String> names() {
    return store.names();
  }

  @Override
  public void close() {
    client.shutdownNow();
    api.close();
    http.close();
    system.close();
    store.close();
    commits.close();
  }
}
