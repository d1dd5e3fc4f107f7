package io.millrace.store.commit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that a batch of messages caused, written all or nothing by [#write].
///
/// Collect with [#put], [#delete] and [#deleteRange]; later calls win over earlier ones. A store
/// that keeps the same state in memory changes it at once and registers with [#onRefused] how to
/// forget it again; news for watchers and acknowledgements are registered with [#onDurable].
/// One message of the batch can be taken back alone: [#mark] before it, then [#keep] or
/// [#rollBack].
/// One thread, one use, then [#close]; closing one that was not written refuses it.
public final class Commit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Commit.class);
  private final CommitStore store;
  private final OpenDatabase open;
  private final WriteBatch batch = new WriteBatch();
  private final List<Runnable> beforeWrite = new ArrayList<>(2);
  private final List<Runnable> onDurable = new ArrayList<>();
  private final List<Runnable> onRefused = new ArrayList<>();
  private final IdentityHashMap<Object, Object> notes = new IdentityHashMap<>(2);
  private int markedDurable;
  private int markedRefused;
  private boolean settled;
  private boolean closed;

  /// `open` was entered for it, and is left when it closes.
  Commit(CommitStore store, OpenDatabase open) {
    this.store = store;
    this.open = open;
  }

  public void put(Family family, byte[] key, byte[] value) {
    try {
      batch.put(open.handle(family), key, value);
    } catch (RocksDBException e) {
      throw new IllegalStateException("Cannot add to a batch of " + batch.getDataSize(), e);
    }
  }

  public void delete(Family family, byte[] key) {
    try {
      batch.delete(open.handle(family), key);
    } catch (RocksDBException e) {
      throw new IllegalStateException("Cannot add to a batch of " + batch.getDataSize(), e);
    }
  }

  /// Deletes all keys from `from` (inclusive) to `until` (exclusive).
  public void deleteRange(Family family, byte[] from, byte[] until) {
    try {
      batch.deleteRange(open.handle(family), from, until);
    } catch (RocksDBException e) {
      throw new IllegalStateException("Cannot add to a batch of " + batch.getDataSize(), e);
    }
  }

  /// What a store remembers of this commit for as long as it is open; made at the first call.
  ///
  /// Taking a message back does not change it: the store sees to that with [#onRefused].
  public <T> T note(Object owner, Class<T> type, Supplier<T> first) {
    return type.cast(notes.computeIfAbsent(owner, _ -> first.get()));
  }

  /// Remembers this moment for [#rollBack]. One mark at a time: [#keep] or [#rollBack] ends it.
  public void mark() {
    batch.setSavePoint();
    markedDurable = onDurable.size();
    markedRefused = onRefused.size();
  }

  /// Forgets the mark and keeps what was collected since.
  public void keep() {
    try {
      batch.popSavePoint();
    } catch (RocksDBException e) {
      throw new IllegalStateException("There is no mark to keep", e);
    }
  }

  /// Takes back everything collected since [#mark]: puts, deletes, news; and runs what
  /// [#onRefused] collected since, latest first.
  public void rollBack() {
    try {
      batch.rollbackToSavePoint();
    } catch (RocksDBException e) {
      throw new IllegalStateException("There is no mark to roll back to", e);
    }
    var taken = onRefused.subList(markedRefused, onRefused.size());
    taken.reversed().forEach(Commit::guarded);
    taken.clear();
    onDurable.subList(markedDurable, onDurable.size()).clear();
  }

  /// Runs once, before the commit is written: a store whose rows are changed many times by one
  /// batch adds only the last of each then. Taking a message back does not take this back.
  public void beforeWrite(Runnable addition) {
    beforeWrite.add(addition);
  }

  /// Runs after the commit is on disk, in the order registered, on the writing thread.
  ///
  /// News that throw are logged; the others are still told.
  public void onDurable(Runnable news) {
    onDurable.add(news);
  }

  /// Runs when the disk refused the commit, before [#write] throws; also on [#rollBack], and on
  /// [#close] of a commit that was never written.
  public void onRefused(Runnable forget) {
    onRefused.add(forget);
  }

  /// Bytes collected so far.
  public long sizeBytes() {
    return batch.getDataSize();
  }

  public boolean isEmpty() {
    return batch.count() == 0;
  }

  /// Makes everything collected durable, all or nothing, then runs what [#onDurable] collected.
  ///
  /// Blocks for one group sync, typically 1 to 5 ms; an empty commit does not touch the disk.
  ///
  /// @throws StoreFullException the disk refused; nothing was written, the store stays readable
  public void write() {
    write(true);
  }

  /// Writes without waiting for the disk: atomic, seen by readers, and durable with the next
  /// [#write] of anybody. For work that is done again when it is lost.
  ///
  /// @throws StoreFullException the disk refused; nothing was written, the store stays readable
  public void writeSoon() {
    write(false);
  }

  private void write(boolean isSynced) {
    try {
      beforeWrite.forEach(Runnable::run);
      if (!isEmpty()) {
        store.write(open, batch, isSynced);
      }
    } catch (RuntimeException e) {
      refuse();
      throw e;
    }
    settled = true;
    onDurable.forEach(Commit::guarded);
  }

  private void refuse() {
    settled = true;
    onRefused.reversed().forEach(Commit::guarded);
  }

  private static void guarded(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException e) {
      log.error("{} failed after a commit; the others are still told", told, e);
    }
  }

  @Override
  public void close() {
    if (!settled) {
      refuse();
    }
    if (!closed) {
      closed = true;
      batch.close();
      store.leave();
    }
  }
}
