package io.millrace.store.attributes;

import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import java.util.Collection;
import java.util.List;

/// The attributes of every entity, by scope and key.
///
/// One thread writes an entity, through its commit. Any thread reads, and sees what is committed.
public final class AttributeStore {
  private AttributeStore() {}

  public static AttributeStore open(CommitStore store) {
    throw unfinished();
  }

  /// Sets attributes; others of the scope stay as they are.
  public void save(
      Commit commit, EntityId entity, AttributeScope scope, List<Attribute> attributes) {
    throw unfinished();
  }

  /// Removes those of `keys` that are there.
  public void delete(
      Commit commit, EntityId entity, AttributeScope scope, Collection<String> keys) {
    throw unfinished();
  }

  /// Removes everything of an entity, as when it is deleted itself.
  public void deleteAll(Commit commit, EntityId entity) {
    throw unfinished();
  }

  /// All attributes of a scope, sorted by key.
  public List<Attribute> read(EntityId entity, AttributeScope scope) {
    throw unfinished();
  }

  /// Those of `keys` that are there, in the order asked.
  public List<Attribute> read(EntityId entity, AttributeScope scope, Collection<String> keys) {
    throw unfinished();
  }

  /// As [#read(EntityId, AttributeScope, Collection)], with what this commit is about to change.
  /// For the commit's own thread.
  public List<Attribute> read(
      Commit commit, EntityId entity, AttributeScope scope, Collection<String> keys) {
    throw unfinished();
  }

  /// Adds a listener for good; call before the first save.
  public void onChange(AttributeListener listener) {
    throw unfinished();
  }

  private static IllegalStateException unfinished() {
    return new IllegalStateException("Not built yet");
  }
}
