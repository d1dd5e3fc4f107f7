package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Threads;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the records of some topics into messages of devices, each taking effect exactly once.
///
/// A thread reads and hands records to the pipeline, many at a time. A record's offset is marked
/// in the very commit that holds its effects; from time to time the place before which everything
/// has taken effect is written down and the marks behind it go. After a crash it reads on from
/// the place and leaves out what is marked. `docs/adr/0005-kafka-source-exactly-once.md` says why.
final class RecordSource implements Flow {
  private static final Logger log = LoggerFactory.getLogger(RecordSource.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long CLOSE_MS = 10_000;

  private final SourceParts parts;
  private final UUID id;
  private final EntityId tenant;
  private final SourceMapping mapping;
  private final LongAdder allRecords;
  private final LongAdder allDeadLetters;
  private final LongAdder records = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final AtomicLong inFlight = new AtomicLong();
  private final Thread thread;
  private volatile SourceStatus.State state = SourceStatus.State.WAITING;
  private volatile String error = "";
  private volatile int partitionCount;
  private volatile boolean closing;

  RecordSource(SourceParts parts, UUID id, EntityId tenant, SourceMapping mapping) {
    this.parts = parts;
    this.id = id;
    this.tenant = tenant;
    this.mapping = mapping;
    this.allRecords = parts.counters().count("kafka.source_records");
    this.allDeadLetters = parts.counters().count("kafka.source_dead_letters");
    this.thread = Threads.platform("kafka-source-" + mapping.name(), this::run);
  }

  UUID id() {
    return id;
  }

  EntityId tenant() {
    return tenant;
  }

  SourceMapping mapping() {
    return mapping;
  }

  /// The consumer group under which its lag is shown.
  String group() {
    return "millrace.source." + id;
  }

  void start() {
    thread.start();
  }

  SourceStatus now() {
    return new SourceStatus(
        state, error, records.sum(), deadLetters.sum(), inFlight.get(), partitionCount);
  }

  @Override
  public JsonObject status() {
    return now().toJson();
  }

  private void run() {
    while (!closing) {
      try {
        parts.kafka().awaitUp(PATIENCE);
        serve();
      } catch (InterruptedException e) {
        return;
      } catch (KafkaUnavailableException e) {
        troubled(String.valueOf(e.getMessage()));
        LockSupport.parkNanos(PATIENCE.toNanos() / 5);
      } catch (RuntimeException e) { // whatever it was, the next consumer may do better
        if (!closing) {
          troubled("The source stumbled and begins again: " + e);
          log.warn("The Kafka source {} begins again", mapping.name(), e);
          LockSupport.parkNanos(PATIENCE.toNanos() / 5);
        }
      }
    }
    state = SourceStatus.State.STOPPED;
  }

  private void serve() throws InterruptedException {
    try (var session = new SourceSession(parts, this)) {
      while (!closing) {
        session.turn();
      }
    }
  }

  void waiting(String why) {
    if (state != SourceStatus.State.TROUBLED) {
      state = SourceStatus.State.WAITING;
      error = why;
    }
  }

  void running(int partitions) {
    state = SourceStatus.State.RUNNING;
    error = "";
    partitionCount = partitions;
  }

  void troubled(String why) {
    if (!why.equals(error)) { // once, not once per try
      log.warn("The Kafka source {} waits: {}", mapping.name(), why);
    }
    state = SourceStatus.State.TROUBLED;
    error = why;
  }

  void read(int count) {
    records.add(count);
    allRecords.add(count);
  }

  void inFlight(long count) {
    inFlight.set(count);
  }

  void deadLetter(ConsumerRecord<byte[], byte[]> poison, String reason) {
    deadLetters.increment();
    allDeadLetters.increment();
    log.debug(
        "Record {} of {}-{} is a dead letter: {}",
        poison.offset(),
        poison.topic(),
        poison.partition(),
        reason);
  }

  /// Lets what is on its way take effect, then ends.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    if (!thread.isAlive()) {
      return;
    }
    try {
      thread.join(CLOSE_MS);
      if (thread.isAlive()) {
        log.warn(
            "The Kafka source {} does not end; what it was doing is done again", mapping.name());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
