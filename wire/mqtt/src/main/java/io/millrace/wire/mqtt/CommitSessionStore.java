package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.commit.StoreFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Durable sessions in the embedded store.
///
/// One thread writes what all event loops handed over since its last commit as one commit, so that
/// many clients share one sync.
public final class CommitSessionStore implements SessionStore {
  private static final Logger log = LoggerFactory.getLogger(CommitSessionStore.class);
  private static final byte[] FIRST = {};
  private static final byte[] LAST = {(byte) 0xff};
  private static final long BEHIND_BYTES = 32_000_000;
  private static final long MAX_UNWRITTEN_BYTES = 256_000_000;
  private static final long RETRY_MS = 1000;
  private static final long TURN_MS = 2;

  private final CommitStore store;
  private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Thread writer = Threads.platform("mqtt-sessions", this::run);
  private final List<Change> unwritten = new ArrayList<>();
  private long unwrittenBytes;
  private volatile boolean writing;

  private sealed interface Work {}

  private record Write(List<Change> changes, Ack ack) implements Work {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Read(byte[] from, byte[] until, int maxBytes, Consumer<List<Put>> taker)
      implements Work {}

  private record Stop() implements Work {}

  /// Somebody who has something for the next commit.
  private record Turn(Runnable turn) implements Work {}

  private CommitSessionStore(CommitStore store) {
    this.store = store;
  }

  public static CommitSessionStore open(CommitStore store) {
    var opened = new CommitSessionStore(store);
    opened.writer.start();
    return opened;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void load(BiConsumer<byte[], byte[]> each) {
    store.scan(
        Family.SESSIONS,
        FIRST,
        LAST,
        (key, value) -> {
          each.accept(key, value);
          return true;
        });
  }

  @Override
  public void write(List<Change> changes, Ack ack) {
    waitingBytes.addAndGet(sizeBytes(changes));
    waiting.add(new Write(changes, ack));
  }

  @Override
  public void read(byte[] from, byte[] until, int maxBytes, Consumer<List<Put>> taker) {
    waiting.add(new Read(from, until, maxBytes, taker));
  }

  @Override
  public boolean isWriting() {
    return writing;
  }

  @Override
  public void beforeNext(Runnable turn) {
    waiting.add(new Turn(turn));
  }

  @Override
  public boolean isBehind() {
    return waitingBytes.get() > BEHIND_BYTES;
  }

  @Override
  public void close() {
    waiting.add(new Stop());
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var batch = new ArrayList<Work>();
    boolean stopping = false;
    while (!stopping) {
      batch.clear();
      try {
        var first =
            unwritten.isEmpty() ? waiting.take() : waiting.poll(RETRY_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
        }
        writing = true;
        gather(batch);
      } catch (InterruptedException e) {
        return;
      }
      stopping = batch.contains(new Stop());
      write(batch);
      writing = false;
      batch.forEach(this::serve);
    }
  }

  /// Takes what waits, and what everyone who asked for a turn hands over in time.
  private void gather(List<Work> batch) throws InterruptedException {
    waiting.drainTo(batch);
    int asked = 0;
    int next = 0;
    while (true) {
      for (; next < batch.size(); next++) {
        switch (batch.get(next)) {
          case Turn(var turn) -> {
            asked++;
            turn.run();
          }
          case Write _ -> asked = Math.max(asked - 1, 0);
          case Read _, Stop _ -> {}
        }
      }
      if (asked == 0) {
        return;
      }
      var more = waiting.poll(TURN_MS, TimeUnit.MILLISECONDS);
      if (more == null) {
        return; // a loop that is busy hands over later, to the commit after this
      }
      batch.add(more);
      waiting.drainTo(batch);
    }
  }

  private void write(List<Work> batch) {
    try (var commit = store.begin()) {
      unwritten.forEach(change -> add(commit, change));
      for (var work : batch) {
        if (work instanceof Write write) {
          write.changes().forEach(change -> add(commit, change));
        }
      }
      commit.write();
      unwritten.clear();
      unwrittenBytes = 0;
      for (var work : batch) {
        if (work instanceof Write write) {
          tell(write.ack());
        }
      }
    } catch (StoreFullException e) {
      log.error("Sessions of MQTT clients cannot be stored: {}", e.getMessage());
      refuse(batch, new Refusal(Refusal.Kind.UNAVAILABLE, String.valueOf(e.getMessage())));
    }
    for (var work : batch) {
      if (work instanceof Write write) {
        waitingBytes.addAndGet(-sizeBytes(write.changes()));
      }
    }
  }

  private static void tell(Ack ack) {
    try {
      ack.done();
    } catch (RuntimeException e) {
      log.error("{} failed after a commit; the others are still told", ack, e);
    }
  }

  /// The senders are told; what memory holds already is written when the disk takes it again.
  private void refuse(List<Work> batch, Refusal refusal) {
    for (var work : batch) {
      if (work instanceof Write(var changes, var ack)) {
        unwrittenBytes += sizeBytes(changes);
        if (unwrittenBytes <= MAX_UNWRITTEN_BYTES) {
          unwritten.addAll(changes);
        }
        ack.refused(refusal);
      }
    }
    if (unwrittenBytes > MAX_UNWRITTEN_BYTES) {
      log.error("More than {} bytes of sessions wait for the disk", MAX_UNWRITTEN_BYTES);
    }
  }

  private void serve(Work work) {
    if (work instanceof Read(var from, var until, int maxBytes, var taker)) {
      var rows = new ArrayList<Put>();
      long[] bytes = {0};
      store.scan(
          Family.SESSIONS,
          from,
          until,
          (key, value) -> {
            rows.add(new Put(key, value));
            bytes[0] += value.length;
            return bytes[0] < maxBytes;
          });
      taker.accept(rows);
    }
  }

  private static void add(Commit commit, Change change) {
    switch (change) {
      case Put(var key, var value) -> commit.put(Family.SESSIONS, key, value);
      case Delete(var key) -> commit.delete(Family.SESSIONS, key);
      case DeleteRange(var from, var until) -> commit.deleteRange(Family.SESSIONS, from, until);
    }
  }

  private static long sizeBytes(List<Change> changes) {
    long bytes = 0;
    for (var change : changes) {
      bytes += change instanceof Put(var key, var value) ? key.length + value.length : 32;
    }
    return bytes;
  }
}
