package io.millrace.store.commit;

import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// A place among the committed rows of a family between two keys, to be moved up and down.
///
/// Sees one moment of the store, whatever is written meanwhile. One thread; close it soon, for it
/// holds on to memory. The moves say whether there is a row where they arrived.
public final class Cursor implements AutoCloseable {
  private final CommitStore store;
  private final Family family;
  private final byte[] until;
  private final Slice lower;
  private final Slice upper;
  private final ReadOptions options;
  private final RocksIterator rows;

  /// `open` was entered for it, and is left when it closes.
  Cursor(CommitStore store, OpenDatabase open, Family family, byte[] from, byte[] until) {
    this.store = store;
    this.family = family;
    this.until = until;
    lower = new Slice(from);
    upper = new Slice(until);
    options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
    rows = open.db.newIterator(open.handle(family), options);
  }

  /// To the first row.
  public boolean first() {
    rows.seekToFirst();
    return arrived();
  }

  /// To the last row.
  public boolean last() {
    return before(until);
  }

  /// To the first row whose key is `key` or comes after it.
  public boolean at(byte[] key) {
    rows.seek(key);
    return arrived();
  }

  /// To the last row whose key comes before `key`.
  public boolean before(byte[] key) {
    rows.seekForPrev(key);
    if (rows.isValid() && Arrays.equals(rows.key(), key)) {
      rows.prev();
    }
    return arrived();
  }

  public boolean next() {
    rows.next();
    return arrived();
  }

  public boolean previous() {
    rows.prev();
    return arrived();
  }

  public byte[] key() {
    return rows.key();
  }

  public byte[] value() {
    return rows.value();
  }

  @Override
  public void close() {
    rows.close();
    options.close();
    upper.close();
    lower.close();
    store.leave();
  }

  private boolean arrived() {
    if (rows.isValid()) {
      return true;
    }
    try {
      rows.status();
      return false;
    } catch (RocksDBException e) {
      throw new StoreDamagedException("Cannot read %s: %s".formatted(family, e.getMessage()), e);
    }
  }
}
