package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.nodes.RestReplyNode;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.messages.MessageLog;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The partitions and the outbox, as one part: open, register deliveries, [#start], close.
public final class Pipeline implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);
  private static final long CLOSE_MS = 10_000;

  private final List<Partition> partitions;
  private final Deliveries deliveries = new Deliveries();
  private final Ingest ingest;
  private final RestReplies restReplies = new RestReplies();
  private final DeadLetters deadLetters;
  private final Outbox outbox;
  private volatile Optional<MessageLog> kept = Optional.empty();
  private volatile Queues queues = Queues.MAIN_ONLY;
  private final Retries retries;
  private volatile Witness witness = Witness.NOBODY;
  private final Timers timers;
  private final Rules rules;
  private final CommitStore store;
  private final Scheduler scheduler;
  private Scheduler.Cancel ticking = () -> {};

  private Pipeline(
      Config config,
      CommitStore store,
      Rules rules,
      Clock clock,
      Scheduler scheduler,
      Counters counters,
      Ids ids) {
    var room = new Room();
    ingest = new Ingest(this::of, room, config, counters.count("pipeline.refused"));
    deadLetters =
        new DeadLetters(
            store,
            config.outgoing().deadLetters(),
            ingest,
            counters.count("pipeline.dead_letters"));
    outbox =
        new Outbox(
            config.outgoing(),
            store,
            clock,
            scheduler,
            counters,
            deliveries,
            deadLetters,
            room,
            this::of);
    deliveries.add(RestReplyNode.KIND, restReplies);
    this.rules = rules;
    this.scheduler = scheduler;
    timers = new Timers(store, clock, counters, this::of);
    retries =
        new Retries(
            config.retriesWaiting(), () -> queues, deadLetters, counters.count("pipeline.retries"));
    this.store = store;
    var parts =
        new Partition.Parts(
            config,
            store,
            rules,
            outbox,
            () -> witness,
            timers,
            retries,
            clock,
            ids,
            room,
            counters.count("pipeline.commits"),
            counters.count("pipeline.messages"),
            counters.count("pipeline.failed"));
    partitions = partitions(count(config), parts);
    counters.gauge("pipeline.queued", this::queued);
    counters.gauge("pipeline.retries_waiting", retries::waiting);
  }

  public static Pipeline open(
      Config config,
      CommitStore store,
      RuleEngine rules,
      Clock clock,
      Scheduler scheduler,
      Counters counters,
      Ids ids) {
    return open(config, store, Rules.of(rules), clock, scheduler, counters, ids);
  }

  static Pipeline open(
      Config config,
      CommitStore store,
      Rules rules,
      Clock clock,
      Scheduler scheduler,
      Counters counters,
      Ids ids) {
    return new Pipeline(config, store, rules, clock, scheduler, counters, ids);
  }

  /// Says who delivers calls of a kind; before [#start].
  public void deliveries(String kind, Delivery delivery) {
    deliveries.add(kind, delivery);
  }

  /// Says who takes some calls of a kind inside this process; before [#start].
  public void deliveries(String kind, EmbeddedDelivery delivery) {
    deliveries.add(kind, delivery);
  }

  /// Says who sees what enters the rule chains, from now on; one at a time.
  public void witness(Witness sees) {
    witness = sees;
  }

  /// Says by which queues messages come; before [#start].
  public void queues(Queues strategies) {
    queues = strategies;
  }

  /// Keeps every message that comes in, in the commit of its effects; before [#start].
  public void keepMessages(MessageLog log) {
    kept = Optional.of(log);
    if (log.keepsDevices()) {
      for (int i = 0; i < partitions.size(); i++) {
        partitions.get(i).keepMessages(log.deviceLane(i));
      }
    }
  }

  /// Starts the partitions and takes up the calls that a former run left in the outbox.
  public void start() {
    retries.start(store);
    outbox.start();
    partitions.forEach(Partition::start);
    ticking = timers.start(scheduler);
    rules.onSelfStarting(this::startNode);
  }

  /// Wakes a node that works by itself, in the partition of its tenant.
  private void startNode(CallFrame node) {
    var _ =
        ingest
            .execute(node.tenantId(), batch -> started(node, batch))
            .whenComplete(
                (_, fault) -> {
                  if (fault != null) {
                    log.error("Node {} could not be started", node.nodeId(), fault);
                  }
                });
  }

  private UUID started(CallFrame node, BatchContext batch) {
    var message =
        new RuleMessage(
            batch.newId(),
            batch.now(),
            RuleEngine.NODE_STARTED,
            node.tenantId(),
            JsonObject.EMPTY,
            JsonObject.EMPTY);
    rules.wake(node, message, batch);
    return message.id();
  }

  public Ingest ingest() {
    return ingest;
  }

  /// What came in, to be rehearsed; empty when nothing is kept.
  public Optional<MessageLog> messages() {
    return kept.filter(MessageLog::keepsDevices);
  }

  /// Who waits for what rule chains answer to REST calls.
  public RestReplies restReplies() {
    return restReplies;
  }

  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /// Works off what is queued, then stops; what arrives meanwhile is refused. Calls that are not
  /// answered stay in the outbox for the next start.
  @Override
  public void close() {
    try {
      ticking.cancel();
      outbox.close();
      partitions.forEach(Partition::close);
      for (var partition : partitions) {
        partition.join(CLOSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("Interrupted while closing the pipeline; messages not acknowledged are not stored");
    }
  }

  private Partition of(EntityId originator) {
    return partitions.get(index(originator, partitions.size()));
  }

  private long queued() {
    return partitions.stream().mapToLong(Partition::queued).sum();
  }

  private static int count(Config config) {
    return config.partitions() > 0
        ? config.partitions()
        : Runtime.getRuntime().availableProcessors();
  }

  private static List<Partition> partitions(int count, Partition.Parts parts) {
    var shelves = OutboxRows.nextNumbers(parts.store());
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Partition(
                    i,
                    parts,
                    Stamps.open(parts.store(), device -> index(device, count) == i),
                    new Shelf(i, shelves.getOrDefault(i, 0L))))
        .toList();
  }

  private static int index(EntityId originator, int count) {
    long id = originator.id().getMostSignificantBits() ^ originator.id().getLeastSignificantBits();
    return Math.floorMod((int) (id ^ id >>> 32), count);
  }
}
