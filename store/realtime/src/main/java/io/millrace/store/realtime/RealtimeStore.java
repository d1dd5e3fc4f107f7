package io.millrace.store.realtime;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All realtime databases of this process.
public final class RealtimeStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RealtimeStore.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  private final CommitStore store;
  private final Config config;
  private final Clock clock;
  private final PushIds pushIds;
  private final KeyPool keys = new KeyPool();
  private final ExecutorService writers;
  private final Map<String, Database> databases = new ConcurrentSkipListMap<>();

  private RealtimeStore(CommitStore store, Config config, Clock clock, RandomGenerator random) {
    this.store = store;
    this.config = config;
    this.clock = clock;
    this.pushIds = new PushIds(clock, random);
    this.writers =
        Executors.newFixedThreadPool(config.writerThreads(), Threads.factory("realtime-writer"));
  }

  /// Reads all trees into memory.
  ///
  /// @param random makes push ids
  public static RealtimeStore open(
      CommitStore store, Config config, Clock clock, RandomGenerator random) {
    var opened = new RealtimeStore(store, config, clock, random);
    store.scan(
        Family.REALTIME,
        RowKey.catalogueStart(),
        RowKey.catalogueEnd(),
        (key, _) -> {
          opened.load(RowKey.databaseOf(key));
          return true;
        });
    return opened;
  }

  private void load(String name) {
    long startedNanos = clock.nanos();
    var database = newDatabase(name);
    databases.put(name, database);
    log.info(
        "Realtime database {}: {} bytes of tree read in {} ms",
        name,
        database.root().sizeBytes(),
        (clock.nanos() - startedNanos) / 1_000_000);
  }

  private Database newDatabase(String name) {
    return new Database(name, store, config, clock, pushIds, keys, writers);
  }

  /// Whether a database may have this name: letters, digits, `-` and `_`, up to 100.
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// The database, when it exists.
  public Optional<Database> find(String name) {
    return Optional.ofNullable(databases.get(name));
  }

  /// The database, made when it does not exist.
  ///
  /// @param name see [#isName]
  /// @throws TooManyException when `realtime.databasesMax` exist already
  public Database database(String name) {
    var known = databases.get(name);
    return known != null ? known : create(name);
  }

  private synchronized Database create(String name) {
    var known = databases.get(name);
    if (known != null) {
      return known;
    }
    if (!isName(name)) {
      throw new IllegalArgumentException(name + " is no name of a realtime database");
    }
    if (databases.size() >= config.databasesMax()) {
      throw new TooManyException(
          "There are %d realtime databases (realtime.databasesMax); %s would be one more"
              .formatted(databases.size(), name));
    }
    try (var commit = store.begin()) {
      var created = ByteBuffer.allocate(Long.BYTES).putLong(clock.millis()).array();
      commit.put(Family.REALTIME, RowKey.ofCatalogue(name), created);
      commit.write();
    }
    var database = newDatabase(name);
    databases.put(name, database);
    return database;
  }

  /// Names of all, sorted.
  public List<String> names() {
    return List.copyOf(databases.keySet());
  }

  /// A new push id, later than all before it.
  public String newPushId() {
    return pushIds.next();
  }

  /// Applies what is waiting, then stops.
  @Override
  public void close() {
    try {
      for (var database : databases.values()) {
        database.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      writers.shutdown();
    }
  }
}
