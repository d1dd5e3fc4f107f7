package io.millrace.wire.realtime;

import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.security.TokenKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that sign tokens, read from a file or an address now and again every so often.
///
/// Keys that were read once hold until newer ones are read; what could not be read is tried again
/// soon.
final class KeySource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeySource.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final int BYTES_MAX = 1 << 20;

  private final String source;
  private final ExecutorService reader = Threads.virtual("realtime-keys");
  private final Scheduler scheduler;
  private final Scheduler.Cancel refresh;
  private volatile Scheduler.Cancel retry = () -> {};
  private volatile TokenKeys keys = TokenKeys.NONE;

  /// @param source file, or http(s) address; empty for no keys
  KeySource(String source, Duration period, Scheduler scheduler) {
    this.source = source;
    this.scheduler = scheduler;
    if (source.isEmpty()) {
      refresh = () -> {};
      return;
    }
    refresh = scheduler.every(period, this::readLater);
    if (isAddress()) {
      readLater(); // a start does not wait for others
    } else {
      read();
    }
  }

  TokenKeys keys() {
    return keys;
  }

  private boolean isAddress() {
    return source.startsWith("https://") || source.startsWith("http://");
  }

  private void readLater() {
    if (!reader.isShutdown()) {
      reader.execute(this::read);
    }
  }

  private void read() {
    try {
      var read = TokenKeys.parse(isAddress() ? fetched() : Files.readString(Path.of(source)));
      if (read.size() == 0) {
        throw new IllegalArgumentException("has no keys");
      }
      keys = read;
    } catch (IOException | IllegalArgumentException e) {
      log.warn(
          "realtime.tokenKeys={} {}; tokens signed with new keys are refused until it can be read",
          source,
          e.getMessage());
      retry.cancel();
      retry = scheduler.after(RETRY, this::readLater);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String fetched() throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      var request = HttpRequest.newBuilder(URI.create(source)).timeout(TIMEOUT).build();
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200 || response.body().length() > BYTES_MAX) {
        throw new IOException("answered with status " + response.statusCode());
      }
      return response.body();
    }
  }

  @Override
  public void close() {
    refresh.cancel();
    retry.cancel();
    reader.shutdownNow();
  }
}
