package io.millrace.store.attributes;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Looks at stored attributes as they lie. For tools, on a store that nobody writes to.
public final class AttributeRows {
  private AttributeRows() {}

  /// Reads every row and tells of each that cannot be read.
  ///
  /// @return the entities that have any
  public static Set<EntityId> check(CommitStore store, Consumer<String> fault) {
    var found = new LinkedHashSet<EntityId>();
    store.scan(
        Family.ATTRIBUTES,
        new byte[0],
        new byte[] {-1},
        (row, value) -> {
          try {
            found.add(EntityId.read(ByteBuffer.wrap(row)));
            Place.read(row, value);
          } catch (RuntimeException e) {
            fault.accept("an attribute cannot be read: " + e.getMessage());
          }
          return true;
        });
    return found;
  }
}
