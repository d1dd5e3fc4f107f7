package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import java.util.Collections;
import java.util.SortedSet;

/// How long points are kept; asked by the [Retention] of the store, from its thread.
public interface RetentionPolicy {
  /// Instead of a time: for ever.
  long FOR_EVER = Long.MAX_VALUE;

  /// Everything for ever, but what a disk budget makes go.
  RetentionPolicy KEEP =
      new RetentionPolicy() {
        @Override
        public long keepMs(EntityId entity, String key) {
          return FOR_EVER;
        }

        @Override
        public SortedSet<Long> allMs() {
          return Collections.emptySortedSet();
        }
      };

  /// How long points of this key of this entity are kept, or [#FOR_EVER].
  long keepMs(EntityId entity, String key);

  /// All times but [#FOR_EVER] that [#keepMs] may answer now. When this stays the same, nothing
  /// is looked at twice.
  SortedSet<Long> allMs();

  /// Whether a disk budget takes these points last.
  default boolean isSpared(EntityId entity, String key) {
    return false;
  }

  /// Whether [#isSpared] is ever true.
  default boolean sparesAny() {
    return false;
  }
}
