package io.millrace.wire.kafka;

import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.store.entities.EntityStoreException;
import io.millrace.wire.schemas.PoisonException;
import io.millrace.wire.schemas.RegistryException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One consumer's life: partitions assigned, records handed to the pipeline, places written down.
///
/// One thread, that of the [RecordSource].
final class SourceSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceSession.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration BUSY_POLL = Duration.ofMillis(10);
  private static final long SETTLE_NANOS = 2_000_000;

  private final SourceParts parts;
  private final FlowConfig.Source config;
  private final RecordSource source;
  private final SourceTopics topics;
  private final PlaceRows rows;
  private final RecordReader reader;
  private final SourceDevices devices;
  private final DeadLetterTopic deadLetters;
  private final Ingest ingest;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, PartitionFlights> partitions = new HashMap<>();
  private long lookedAt;
  private long savedAt;
  private boolean hasLooked;
  private boolean isPaused;

  SourceSession(SourceParts parts, RecordSource source) {
    this.parts = parts;
    this.config = parts.config().source();
    this.source = source;
    var mapping = source.mapping();
    this.topics = new SourceTopics(mapping, Duration.ofSeconds(10));
    this.rows = new PlaceRows(parts.store(), source.id());
    this.reader = new RecordReader(mapping, mapping.payload(parts.registry()));
    this.devices = new SourceDevices(parts.entities(), source.tenant(), mapping, parts.tokens());
    this.deadLetters = new DeadLetterTopic(mapping);
    this.ingest = parts.ingest();
    this.consumer =
        parts
            .kafka()
            .consumer(
                source.group(),
                Map.of(
                    "max.poll.records",
                    config.pollRecords(),
                    "auto.offset.reset",
                    "none",
                    "isolation.level",
                    "read_committed"));
  }

  /// One round: look for topics, read, hand on, write down.
  void turn() throws InterruptedException {
    long now = parts.clock().nanos();
    if (!hasLooked || now - lookedAt > config.topicInterval().toNanos()) {
      look();
      lookedAt = parts.clock().nanos();
    }
    if (partitions.isEmpty()) {
      source.waiting("No topic matches \"%s\" yet".formatted(source.mapping().topicPattern()));
      LockSupport.parkNanos(IDLE_POLL.toNanos());
      return;
    }
    read();
    land();
    if (now - savedAt > config.placeInterval().toNanos()) {
      save();
      savedAt = now;
    }
  }

  private void look() throws InterruptedException {
    Map<TopicPartition, PlaceRows.Partition> found;
    try {
      found = topics.find(parts.kafka().admin());
    } catch (KafkaUnavailableException e) {
      source.troubled(String.valueOf(e.getMessage()));
      return; // the consumer waits by itself
    } catch (ExecutionException | TimeoutException e) {
      source.troubled("Kafka does not tell its topics: " + e.getMessage());
      return;
    }
    var gone =
        partitions.entrySet().stream()
            .filter(known -> !known.getValue().id.equals(found.get(known.getKey())))
            .map(Map.Entry::getValue)
            .toList();
    drop(gone);
    var fresh = found.keySet().stream().filter(name -> !partitions.containsKey(name)).toList();
    if (!fresh.isEmpty() || !gone.isEmpty()) {
      assign(found, fresh);
    }
    hasLooked = true;
  }

  private void drop(List<PartitionFlights> gone) {
    gone.forEach(PartitionFlights::ground);
    settle(gone);
    for (var partition : gone) {
      log.info("The source {} leaves {}", source.mapping().name(), partition.name);
      partitions.remove(partition.name);
    }
  }

  private void assign(
      Map<TopicPartition, PlaceRows.Partition> found, Collection<TopicPartition> fresh) {
    var all = new HashSet<>(partitions.keySet());
    all.addAll(fresh);
    consumer.assign(all); // before the questions, which Kafka's client logs about otherwise
    var first = consumer.beginningOffsets(fresh);
    var last = consumer.endOffsets(fresh);
    for (var name : fresh) {
      var id = found.get(name);
      if (id != null) {
        long place = place(name, id, first.getOrDefault(name, 0L), last.getOrDefault(name, 0L));
        partitions.put(name, new PartitionFlights(name, id, rows, place));
        consumer.seek(name, place);
      }
    }
    isPaused = false;
    source.running(partitions.size());
  }

  /// Where to begin; written down at once, so that a crash does not move it.
  private long place(TopicPartition name, PlaceRows.Partition id, long first, long last) {
    var known = rows.place(id);
    if (known.isPresent() && known.getAsLong() >= first && known.getAsLong() <= last) {
      return known.getAsLong();
    }
    boolean atEnd = source.mapping().startFrom() == SourceMapping.Start.LATEST && !hasLooked;
    long place = atEnd ? last : first;
    if (known.isPresent()) {
      place = known.getAsLong() < first ? first : last;
      log.warn(
          "The source {} was at offset {} of {}, but Kafka holds {} to {}; it goes on at {}",
          source.mapping().name(),
          known.getAsLong(),
          name,
          first,
          last,
          place);
    }
    try (var commit = parts.store().begin()) {
      rows.save(commit, id, 0, place);
      commit.write();
    }
    return place;
  }

  private void read() {
    boolean isFull = isFull();
    if (isFull != isPaused || partitions.values().stream().anyMatch(PartitionFlights::isGrounded)) {
      pause(isFull);
    }
    boolean isBusy = isFull || partitions.values().stream().anyMatch(p -> p.size() > 0);
    var records = consumer.poll(isBusy ? BUSY_POLL : IDLE_POLL);
    for (var name : records.partitions()) {
      var partition = partitions.get(name);
      if (partition != null) {
        records.records(name).forEach(record -> offer(partition, record));
      }
    }
    source.read(records.count());
  }

  private boolean isFull() {
    long flying = 0;
    long bytes = 0;
    for (var partition : partitions.values()) {
      flying += partition.size();
      bytes += partition.bytes();
    }
    source.inFlight(flying);
    return flying >= config.inFlight() || bytes >= config.inFlightBytes() || !ingest.isWritable();
  }

  private void pause(boolean all) {
    for (var partition : partitions.values()) {
      if (all || partition.isGrounded()) {
        consumer.pause(Set.of(partition.name));
      } else {
        consumer.resume(Set.of(partition.name));
      }
    }
    isPaused = all;
  }

  private void offer(PartitionFlights partition, ConsumerRecord<byte[], byte[]> record) {
    if (partition.isGrounded()) {
      return; // it will be read again
    }
    var flight = partition.add(record);
    if (flight.state() == Flight.State.DONE) {
      return; // it took effect before a restart
    }
    try {
      take(flight, reader.read(record));
    } catch (PoisonException e) {
      flight.poisoned(e.reason());
    } catch (RegistryException | EntityStoreException e) {
      flight.refused(new Refusal(Refusal.Kind.UNAVAILABLE, String.valueOf(e.getMessage())));
    }
  }

  private void take(Flight flight, Reading reading) {
    var known = devices.find(reading.device());
    var device = known.device().id();
    switch (reading) {
      case Reading.Telemetry(_, var values) ->
          ingest.telemetry(source.tenant(), device, known.metadata(), values, flight, flight);
      case Reading.Attributes(_, var values) ->
          ingest.attributes(source.tenant(), device, known.metadata(), values, flight, flight);
    }
  }

  private void land() {
    for (var partition : partitions.values()) {
      partition.land(this::bury);
      if (!partition.isGrounded()) {
        continue;
      }
      long now = parts.clock().nanos();
      if (partition.size() > 0 && partition.isSettled()) {
        source.troubled(partition.refusal());
        partition.clear(now + config.retryDelay().toNanos());
      } else if (partition.isEmptyAndGrounded() && now - partition.retryAtNanos() >= 0) {
        consumer.seek(partition.name, partition.place());
        partition.takeOffAgain();
        consumer.resume(Set.of(partition.name));
        source.running(partitions.size());
      }
    }
  }

  private void bury(Flight flight) {
    try {
      deadLetters.write(
          parts.kafka().producer(),
          flight.record,
          flight.reason(),
          !flight.isWithoutValue(),
          failure -> buried(flight, failure));
    } catch (RuntimeException e) { // Kafka is away, or refuses the topic
      buried(flight, e);
    }
  }

  private void buried(Flight flight, @Nullable Exception failure) {
    if (failure == null) {
      source.deadLetter(flight.record, flight.reason());
      flight.done();
    } else if (failure instanceof RecordTooLargeException && !flight.isWithoutValue()) {
      flight.tooLarge();
    } else {
      flight.refused(
          new Refusal(
              Refusal.Kind.UNAVAILABLE,
              "A record cannot be written to its dead-letter topic: " + failure.getMessage()));
    }
  }

  private void save() {
    var moved = partitions.values().stream().filter(PartitionFlights::wantsSave).toList();
    if (moved.isEmpty()) {
      return;
    }
    try (var commit = parts.store().begin()) {
      moved.forEach(partition -> partition.save(commit));
      commit.write();
    }
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    moved.forEach(p -> offsets.put(p.name, new OffsetAndMetadata(p.place())));
    // only for the display of the lag: what counts is in our store
    consumer.commitAsync(
        offsets,
        (_, failure) -> {
          if (failure != null) {
            log.debug("The lag of {} is not shown now", source.group(), failure);
          }
        });
  }

  private static void settle(Collection<PartitionFlights> some) {
    while (!some.stream().allMatch(PartitionFlights::isSettled)) {
      LockSupport.parkNanos(SETTLE_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /// Lets what is on its way land, and writes the places down.
  @Override
  public void close() {
    try {
      settle(partitions.values());
      for (var partition : partitions.values()) {
        partition.land(Flight::flying);
      }
      save();
    } finally {
      consumer.close();
    }
  }
}
