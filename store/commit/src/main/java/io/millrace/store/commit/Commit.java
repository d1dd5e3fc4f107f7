package io.millrace.store.commit;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Everything that a batch of messages caused, written all or nothing by [#write].
///
/// Collect with [#put], [#delete] and [#deleteRange]; later calls win over earlier ones. A store
/// that keeps the same state in memory changes it at once and registers with [#onRefused] how to
/// forget it again; news for watchers and acknowledgements are registered with [#onDurable].
/// One thread, one use, then [#close].
public final class Commit implements AutoCloseable {
  private final CommitStore store;
  private final WriteBatch batch = new WriteBatch();
  private final List<Runnable> onDurable = new ArrayList<>();
  private final List<Runnable> onRefused = new ArrayList<>();

  Commit(CommitStore store) {
    this.store = store;
  }

  public void put(Family family, byte[] key, byte[] value) {
    try {
      batch.put(store.handle(family), key, value);
    } catch (RocksDBException e) {
      throw new IllegalStateException("Cannot add to a batch of " + batch.getDataSize(), e);
    }
  }

  public void delete(Family family, byte[] key) {
    try {
      batch.delete(store.handle(family), key);
    } catch (RocksDBException e) {
      throw new IllegalStateException("Cannot add to a batch of " + batch.getDataSize(), e);
    }
  }

  /// Deletes all keys from `from` (inclusive) to `until` (exclusive).
  public void deleteRange(Family family, byte[] from, byte[] until) {
    try {
      batch.deleteRange(store.handle(family), from, until);
    } catch (RocksDBException e) {
      throw new IllegalStateException("Cannot add to a batch of " + batch.getDataSize(), e);
    }
  }

  /// Runs after the commit is on disk, in the order registered, on the writing thread.
  public void onDurable(Runnable news) {
    onDurable.add(news);
  }

  /// Runs when the disk refused the commit, before [#write] throws.
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
    try {
      if (!isEmpty()) {
        store.write(batch);
      }
    } catch (RuntimeException e) {
      onRefused.forEach(Runnable::run);
      throw e;
    }
    onDurable.forEach(Runnable::run);
  }

  @Override
  public void close() {
    batch.close();
  }
}
