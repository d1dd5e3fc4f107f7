package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.commit.StoreFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Retained messages in the embedded store, key = topic in UTF-8, value as in
/// `docs/formats/mqtt-retained.md`.
///
/// One thread writes whatever has come in, as one commit, and acknowledges after it.
public final class CommitRetainedStore implements RetainedStore {
  private static final Logger log = LoggerFactory.getLogger(CommitRetainedStore.class);
  private static final int MAX_WAITING = 10_000;
  private static final Change STOP = new Change(new byte[0], new byte[0], Ack.NONE);

  private final CommitStore store;
  private final BlockingQueue<Change> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread writer = Threads.platform("mqtt-retained", this::run);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(byte[] topic, byte[] message, Ack ack) {}

  private CommitRetainedStore(CommitStore store) {
    this.store = store;
  }

  public static CommitRetainedStore open(CommitStore store) {
    var opened = new CommitRetainedStore(store);
    opened.writer.start();
    return opened;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void load(BiConsumer<byte[], byte[]> each) {
    var all = new byte[] {(byte) 0xff}; // no UTF-8 text starts with it
    store.scan(
        Family.RETAINED,
        new byte[0],
        all,
        (topic, message) -> {
          each.accept(topic, message);
          return true;
        });
  }

  @Override
  public void save(byte[] topic, byte[] message, Ack ack) {
    if (!waiting.offer(new Change(topic, message, ack))) {
      ack.refused(
          new Refusal(
              Refusal.Kind.UNAVAILABLE,
              MAX_WAITING + " retained messages wait for the disk; send them more slowly"));
    }
  }

  @Override
  public void close() {
    try {
      waiting.put(STOP);
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var batch = new ArrayList<Change>();
    boolean stopping = false;
    while (!stopping) {
      batch.clear();
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        return;
      }
      waiting.drainTo(batch);
      stopping = batch.stream().anyMatch(change -> change.topic().length == 0);
      write(batch);
    }
  }

  private void write(List<Change> batch) {
    try (var commit = store.begin()) {
      for (var change : batch) {
        if (change.topic().length == 0) {
          continue; // the stop mark
        }
        if (change.message().length == 0) {
          commit.delete(Family.RETAINED, change.topic());
        } else {
          commit.put(Family.RETAINED, change.topic(), change.message());
        }
        commit.onDurable(change.ack()::done);
      }
      commit.write();
    } catch (StoreFullException e) {
      log.error("Retained messages cannot be stored: {}", e.getMessage());
      var refusal = new Refusal(Refusal.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
      batch.forEach(change -> change.ack().refused(refusal));
    }
  }
}
