package io.millrace.store.attributes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The attributes of every entity, by scope and key.
///
/// One thread writes an entity, through its commit. Any thread reads, and sees what is committed.
/// Scopes that somebody read stay in memory, within a bound.
public final class AttributeStore {
  /// Attributes kept in memory, about 150 bytes each.
  private static final long CACHED_ATTRIBUTES_MAX = 200_000;

  private static final int KEY_CHARACTERS_MAX = 255;

  private final CommitStore store;
  private final Cache<Place, Map<String, Attribute>> committed; // maps that are never changed
  private final Map<Place, Changes> uncommitted = new ConcurrentHashMap<>();
  private final List<AttributeListener> listeners = new CopyOnWriteArrayList<>();

  private AttributeStore(CommitStore store, long cachedAttributesMax) {
    this.store = store;
    committed =
        Caffeine.newBuilder()
            .maximumWeight(cachedAttributesMax)
            .weigher((Place _, Map<String, Attribute> attributes) -> 1 + attributes.size())
            .executor(Runnable::run)
            .build();
  }

  public static AttributeStore open(CommitStore store) {
    return open(store, CACHED_ATTRIBUTES_MAX);
  }

  static AttributeStore open(CommitStore store, long cachedAttributesMax) {
    return new AttributeStore(store, cachedAttributesMax);
  }

  /// Sets attributes; others of the scope stay as they are.
  ///
  /// @throws IllegalArgumentException when a key is empty or longer than 255 characters
  public void save(
      Commit commit, EntityId entity, AttributeScope scope, List<Attribute> attributes) {
    var place = new Place(entity, scope);
    attributes.forEach(attribute -> check(attribute.key()));
    for (var attribute : attributes) {
      commit.put(Family.ATTRIBUTES, place.row(attribute.key()), Place.value(attribute));
    }
    change(commit, place, Changes.saving(attributes));
    commit.onDurable(
        () -> listeners.forEach(listener -> listener.saved(entity, scope, attributes)));
  }

  /// Removes those of `keys` that are there.
  public void delete(
      Commit commit, EntityId entity, AttributeScope scope, Collection<String> keys) {
    var place = new Place(entity, scope);
    for (var key : keys) {
      commit.delete(Family.ATTRIBUTES, place.row(key));
    }
    change(commit, place, Changes.deleting(keys));
    commit.onDurable(() -> listeners.forEach(listener -> listener.deleted(entity, scope, keys)));
  }

  /// Removes everything of an entity, as when it is deleted itself. Listeners are not told.
  public void deleteAll(Commit commit, EntityId entity) {
    for (var scope : AttributeScope.values()) {
      var place = new Place(entity, scope);
      commit.deleteRange(Family.ATTRIBUTES, place.first(), place.end());
      commit.onDurable(() -> committed.invalidate(place));
    }
  }

  /// All attributes of a scope, sorted by key.
  public List<Attribute> read(EntityId entity, AttributeScope scope) {
    return List.copyOf(committed(new Place(entity, scope)).values());
  }

  /// Those of `keys` that are there, in the order asked.
  public List<Attribute> read(EntityId entity, AttributeScope scope, Collection<String> keys) {
    return chosen(committed(new Place(entity, scope)), keys);
  }

  /// As [#read(EntityId, AttributeScope, Collection)], with what this commit is about to change.
  /// For the commit's own thread, which is the only one that writes this entity.
  public List<Attribute> read(
      Commit commit, EntityId entity, AttributeScope scope, Collection<String> keys) {
    var place = new Place(entity, scope);
    var changes = uncommitted.getOrDefault(place, Changes.NONE);
    return chosen(changes.applied(committed(place)), keys);
  }

  /// Adds a listener for good; call before the first save.
  public void onChange(AttributeListener listener) {
    listeners.add(listener);
  }

  private void change(Commit commit, Place place, Changes changes) {
    var before = uncommitted.getOrDefault(place, Changes.NONE);
    uncommitted.put(place, before.then(changes));
    commit.onRefused(() -> restore(place, before));
    commit.onDurable(() -> publish(place, changes));
  }

  private void restore(Place place, Changes before) {
    if (before.byKey().isEmpty()) {
      uncommitted.remove(place);
    } else {
      uncommitted.put(place, before);
    }
  }

  private void publish(Place place, Changes changes) {
    uncommitted.remove(place); // the whole commit is durable, so all that it changed is
    // Waits for a reader that is loading this place now and may have missed these changes.
    committed.asMap().computeIfPresent(place, (_, before) -> changes.applied(before));
  }

  private Map<String, Attribute> committed(Place place) {
    return committed.get(place, this::load);
  }

  private Map<String, Attribute> load(Place place) {
    var attributes = new TreeMap<String, Attribute>();
    store.scan(
        Family.ATTRIBUTES,
        place.first(),
        place.end(),
        (row, value) -> {
          var attribute = Place.read(row, value);
          attributes.put(attribute.key(), attribute);
          return true;
        });
    return attributes;
  }

  private static List<Attribute> chosen(
      Map<String, Attribute> attributes, Collection<String> keys) {
    var found = new ArrayList<Attribute>(keys.size());
    for (var key : keys) {
      var attribute = attributes.get(key);
      if (attribute != null) {
        found.add(attribute);
      }
    }
    return found;
  }

  private static void check(String key) {
    if (key.isEmpty() || key.length() > KEY_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "An attribute key of %d characters; 1 to %d are allowed"
              .formatted(key.length(), KEY_CHARACTERS_MAX));
    }
  }
}
