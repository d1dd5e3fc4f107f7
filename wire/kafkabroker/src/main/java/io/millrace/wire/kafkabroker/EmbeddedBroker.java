package io.millrace.wire.kafkabroker;

import io.millrace.base.runtime.Threads;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A single-node Apache Kafka in this process. At most one at a time: Kafka keeps static state.
///
/// Records that it acknowledges are in the system's page cache: they outlive the process, and a
/// power cut only with `flushEach`.
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final BrokerOptions options;
  private final Consumer<String> onFault;
  private final int port;
  private volatile @Nullable String fault;
  private volatile boolean isStarting;
  private @Nullable DirectoryLock directoryLock; // this and node: guarded by this
  private @Nullable KafkaNode node;

  /// @param onFault told on one of Kafka's threads when it has ended itself; a new start of the
  ///     process is the only cure
  public EmbeddedBroker(BrokerOptions options, Consumer<String> onFault) {
    this.options = options;
    this.onFault = onFault;
    this.port = options.port() == 0 ? Ports.free(options.host()) : options.port();
  }

  /// `host:port` for clients, also before the start.
  public String address() {
    return BrokerSettings.bracketed(options.advertisedHost()) + ":" + port;
  }

  public int port() {
    return port;
  }

  /// Starts it and blocks until it serves, some seconds. May be tried again after a failure.
  ///
  /// @throws BrokerStartException saying why not and what to do
  public synchronized void start() {
    var held = DirectoryLock.of(options.directory());
    try {
      Ports.check(options.host(), port);
      var settings = BrokerSettings.of(options, port, Ports.free("127.0.0.1"));
      run(settings);
      directoryLock = held;
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  /// What ended it, if it has ended itself.
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  private void run(Map<String, String> settings) {
    var loader = new BrokerLoader(BrokerLibrary.find());
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader); // Kafka's threads inherit it
    var fresh = loader.node();
    isStarting = true;
    try {
      fresh.start(settings, this::failed);
      isStarting = false;
      if (fault != null) {
        throw new IllegalStateException(fault);
      }
      node = fresh;
    } catch (RuntimeException | LinkageError e) {
      stop(fresh);
      close(loader);
      var why = fault;
      fault = null; // it may be tried again
      throw BrokerStartException.of(options, why, e);
    } finally {
      isStarting = false;
      thread.setContextClassLoader(before);
    }
  }

  private void failed(String what) {
    if (fault != null) {
      return;
    }
    if (isStarting) {
      fault = what; // the start fails with it
      return;
    }
    var why =
        "The Kafka broker inside this process has ended itself (%s; %d MB are free on the disk of %s). Millrace goes on without it; see to the cause that the log names, then start Millrace again"
            .formatted(what, freeMegabytes(), options.directory());
    fault = why;
    onFault.accept(why);
    Threads.platform("kafka-end", this::close).start();
  }

  private long freeMegabytes() {
    return options.directory().toFile().getUsableSpace() >> 20;
  }

  /// Stops it, within the time that the options give; what still hangs then is left behind.
  @Override
  public synchronized void close() {
    var running = node;
    node = null;
    if (running != null) {
      stop(running);
    }
    var held = directoryLock;
    directoryLock = null;
    if (held != null) {
      held.close();
    }
  }

  private void stop(KafkaNode running) {
    var stopping = Threads.platform("kafka-stop", () -> stopQuietly(running));
    stopping.start();
    try {
      if (!stopping.join(options.closeTimeout())) {
        log.warn(
            "The Kafka broker did not stop within {} (kafka.closeTimeout); leaving it",
            options.closeTimeout());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopQuietly(KafkaNode running) {
    try {
      running.stop();
    } catch (RuntimeException | LinkageError e) {
      log.debug("The Kafka broker stopped with a fault", e);
    }
  }

  private static void close(BrokerLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      log.debug("Kafka's class loader did not close", e);
    }
  }
}
