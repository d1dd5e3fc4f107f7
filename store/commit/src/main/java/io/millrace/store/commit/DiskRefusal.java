package io.millrace.store.commit;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// What a person is told about a write that the disk refused.
final class DiskRefusal {
  private DiskRefusal() {}

  static StoreFullException of(RocksDBException e, Path directory) {
    return new StoreFullException(
        isNoSpace(e)
            ? "The disk is full in %s; nothing was stored, reading goes on. Make room there: writing goes on by itself within seconds."
                .formatted(directory)
            : "The disk refused a write in %s: %s; nothing was stored, reading goes on. Check the disk: as soon as it takes writes again, so does Millrace."
                .formatted(directory, e.getMessage()),
        e);
  }

  static StoreFullException notOpen(Path directory) {
    return new StoreFullException(
        "The store in %s cannot be read since the disk failed. Check the disk: Millrace tries again every second."
            .formatted(directory),
        new IllegalStateException("not open"));
  }

  private static boolean isNoSpace(RocksDBException e) {
    var status = e.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace;
  }

  /// Whether RocksDB itself looks for space again, and takes writes when there is some.
  static boolean isLookedAfter(StoreFullException refusal) {
    return refusal.getCause() instanceof RocksDBException e && isNoSpace(e);
  }
}
