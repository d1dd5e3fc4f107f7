package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Threads;
import io.millrace.wire.kafka.KafkaHealth.State;
import io.millrace.wire.kafkabroker.BrokerOptions;
import io.millrace.wire.kafkabroker.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that starts the broker, asks Kafka every few seconds whether it is there, and tells
/// who wants to know when that changes.
final class KafkaWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);

  private static final Duration RETRY_MAX = Duration.ofSeconds(30);

  private final Config config;
  private final Optional<EmbeddedBroker> broker;
  private final Clock clock;
  private final List<Consumer<KafkaHealth>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = Threads.platform("kafka-watch", this::run);
  private volatile KafkaHealth health;
  private final String servers;
  private volatile boolean isStarted;
  private volatile @Nullable SharedClients clients;
  private boolean closing; // guarded by lock
  private int failedStarts; // the thread's own

  KafkaWatch(Config config, BrokerOptions options, Clock clock, Counters counters) {
    this.config = config;
    this.broker =
        config.mode() == KafkaHealth.Mode.EMBEDDED
            ? Optional.of(new EmbeddedBroker(options, this::failed))
            : Optional.empty();
    this.clock = clock;
    this.servers =
        broker
            .map(EmbeddedBroker::address)
            .orElseGet(() -> String.join(",", config.bootstrap().servers()));
    this.isStarted = config.mode() == KafkaHealth.Mode.CLUSTER;
    this.health = KafkaHealth.initial(config.mode(), servers, clock.millis());
    counters.gauge("kafka.up", () -> health.isUp() ? 1 : 0);
  }

  void start() {
    if (config.mode() != KafkaHealth.Mode.OFF) {
      thread.start();
    }
  }

  KafkaHealth health() {
    return health;
  }

  void onChange(Consumer<KafkaHealth> listener) {
    listeners.add(listener);
    listener.accept(health);
  }

  String servers() {
    if (!isStarted) {
      throw unavailable();
    }
    return servers;
  }

  SharedClients clients() {
    var known = clients;
    if (known == null || !health.isUp()) {
      throw unavailable();
    }
    return known;
  }

  void awaitUp(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (!health.isUp()) {
        if (left <= 0 || health.state() == State.OFF || health.state() == State.FAILED) {
          throw unavailable();
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Of the broker inside this process; 0 without one.
  int port() {
    return broker.map(EmbeddedBroker::port).orElse(0);
  }

  private KafkaUnavailableException unavailable() {
    var now = health;
    return new KafkaUnavailableException(
        switch (now.state()) {
          case OFF ->
              "Kafka is off; set kafka.embedded=true for a broker inside Millrace, or"
                  + " kafka.bootstrap.servers=HOST:PORT for your own";
          case STARTING -> "Kafka is starting; try again in a few seconds";
          case UP, DOWN, FAILED -> now.error().isEmpty() ? "Kafka is not up" : now.error();
        });
  }

  private void run() {
    try {
      while (!isClosing() && health.state() != State.FAILED) {
        look();
        pause(isStarted ? config.checkInterval() : retryWait());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  /// A start costs seconds of work: one that fails again and again is tried ever more rarely.
  private Duration retryWait() {
    var wait = config.checkInterval().multipliedBy(1L << Math.min(failedStarts++, 10));
    return wait.compareTo(RETRY_MAX) < 0 ? wait : RETRY_MAX;
  }

  private void look() throws InterruptedException {
    try {
      if (!isStarted) {
        broker.orElseThrow().start();
        isStarted = true;
      }
      ask(connected().admin());
    } catch (ExecutionException | RuntimeException e) {
      down(e);
    }
  }

  private SharedClients connected() {
    var known = clients;
    if (known == null) {
      known = new SharedClients(config, ClientSettings.of(config, servers));
      clients = known;
    }
    return known;
  }

  private void ask(Admin admin) throws ExecutionException, InterruptedException {
    var answer = admin.describeCluster();
    var brokers =
        answer.nodes().get().stream()
            .map(node -> new KafkaHealth.Broker(node.id(), node.host(), node.port()))
            .toList();
    var cluster = Optional.ofNullable(answer.clusterId().get()).orElse("");
    var before = health;
    set(before.up(servers, cluster, brokers, clock.millis()));
    if (!before.isUp()) {
      log.info("Kafka at {} is up", servers);
    }
  }

  private void down(Exception e) {
    var why =
        servers.isEmpty() ? String.valueOf(e.getMessage()) : KafkaTrouble.of(e, config, servers);
    if (!why.equals(health.error())) {
      log.warn("{}", why);
    }
    set(health.troubled(State.DOWN, why, clock.millis()));
  }

  /// On one of Kafka's threads; there is no way back from here.
  private void failed(String why) {
    log.error("{}", why);
    set(health.troubled(State.FAILED, why, clock.millis()));
  }

  private void set(KafkaHealth next) {
    KafkaHealth before;
    lock.lock();
    try {
      before = health;
      if (before.state() == State.FAILED) {
        return;
      }
      health = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (before.state() != next.state() || !before.error().equals(next.error())) {
      listeners.forEach(listener -> tell(listener, next));
    }
  }

  private static void tell(Consumer<KafkaHealth> listener, KafkaHealth now) {
    try {
      listener.accept(now);
    } catch (RuntimeException e) {
      log.error("{} did not take the news of Kafka", listener, e);
    }
  }

  private void pause(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (left > 0 && !closing) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    var known = clients;
    if (known != null) {
      known.close();
    }
    broker.ifPresent(EmbeddedBroker::close);
  }
}
