package io.millrace.store.messages;

import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/// The message log: what devices sent and what was published, as it came, for some time.
///
/// Devices' messages are part of the commit of their effects: a message that was acknowledged is
/// in the log. Published messages follow some milliseconds after they were delivered. Any thread.
public final class MessageLog implements AutoCloseable {
  private static final Duration TRIM = Duration.ofSeconds(10);

  private final Config config;
  private final CommitStore store;
  private final Clock clock;
  private final LongAdder blocks;
  private final LongAdder bytes;
  private final LongAdder logged;
  private final LongAdder missed;
  private final PublishWriter writer;
  private final Trimmer trimmer;
  private final Scheduler.Cancel trimming;
  private final ExecutorService threads = Threads.virtual("message-trim");
  private final long lastMessage;

  private MessageLog(
      CommitStore store, Config config, Clock clock, Scheduler scheduler, Counters counters) {
    this.config = config;
    this.store = store;
    this.clock = clock;
    blocks = counters.count("messages.blocks");
    bytes = counters.count("messages.bytes");
    logged = counters.count("messages.logged");
    missed = counters.count("messages.missed");
    lastMessage = lastTime(store);
    writer = new PublishWriter(this, store, clock, config);
    trimmer = new Trimmer(store, config, clock);
    counters.gauge("messages.disk_bytes", trimmer::sizeBytes);
    counters.gauge("messages.oldest_ms", trimmer::oldest);
    trimming = scheduler.every(TRIM, () -> threads.execute(trimmer::trim));
  }

  /// Opens the log; closed before the store.
  public static MessageLog open(
      CommitStore store, Config config, Clock clock, Scheduler scheduler, Counters counters) {
    TopicMatcher.any(config.topics()); // refuses what is no filter
    var log = new MessageLog(store, config, clock, scheduler, counters);
    log.writer.start();
    return log;
  }

  /// Whether messages of devices are kept.
  public boolean keepsDevices() {
    return config.devices();
  }

  /// Whether any published messages are kept.
  public boolean keepsPublishes() {
    return !config.topics().isEmpty();
  }

  /// A partition's way in; one per number.
  public DeviceLane deviceLane(int number) {
    return new DeviceLane(this, number, lastMessage + 1);
  }

  /// An event loop's way in.
  ///
  /// @param lanes how many there will be: they share the room and the rate
  public PublishLane publishLane(int lanes) {
    var lane =
        new PublishLane(
            writer,
            TopicMatcher.any(config.topics()),
            config.bufferBytes() / lanes,
            (double) config.publishBytesPerSecond() / lanes);
    writer.add(lane);
    return lane;
  }

  /// Which messages of an originator are wanted.
  ///
  /// @param since inclusive, `until` exclusive, by the time they came in
  /// @param limit at most so many, the newest
  public record Query(EntityId tenant, EntityId originator, long since, long until, int limit) {}

  /// Messages of an originator, newest first.
  public List<LoggedMessage> messages(Query query) {
    return new MessageQueries(store, trimmer.oldest()).of(query);
  }

  /// Messages of a tenant's originators in a stretch of time, oldest first, until the taker says
  /// false: what a rule chain is rehearsed with.
  public void eachMessage(EntityId tenant, long since, long until, Predicate<LoggedMessage> taker) {
    new MessageQueries(store, trimmer.oldest()).each(tenant, since, until, taker);
  }

  /// A page of published messages.
  ///
  /// @param isComplete false when the search ended at its bound before the time it was asked for
  /// @param next where to go on, as `until`
  public record Page(List<LoggedPublish> messages, boolean isComplete, long next) {}

  /// Published messages to the topics wanted, newest first; reads a bounded part of the log.
  public Page published(Predicate<String> wanted, long since, long until, int limit) {
    return new PublishQueries(store, trimmer.oldest()).newest(wanted, since, until, limit);
  }

  /// Reads published messages from a moment on, and goes on with those to come.
  public PublishReader follow(long since, Predicate<String> wanted) {
    return new PublishReader(store, writer, Math.max(since, trimmer.oldest()), wanted);
  }

  /// Drops what is too old or too much, now.
  public void trim() {
    trimmer.trim();
  }

  long now() {
    return clock.millis();
  }

  void written(int messages, int blockBytes) {
    blocks.increment();
    logged.add(messages);
    bytes.add(blockBytes);
  }

  void missed(long messages) {
    missed.add(messages);
  }

  private static long lastTime(CommitStore store) {
    long[] last = {0};
    store.scanDown(
        Family.MESSAGES,
        new byte[0],
        Keys.end(),
        (key, _) -> {
          last[0] = Keys.time(key);
          return false;
        });
    return last[0];
  }

  /// Writes what was published, then ends.
  @Override
  public void close() {
    trimming.cancel();
    threads.close();
    writer.close();
  }
}
