package io.millrace.store.attributes;

import io.millrace.base.model.Attribute;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is set and what is removed in one place, by key; absent means removed. Never changed.
record Changes(Map<String, Optional<Attribute>> byKey) {
  static final Changes NONE = new Changes(Map.of());

  static Changes saving(List<Attribute> attributes) {
    var changes = new TreeMap<String, Optional<Attribute>>();
    attributes.forEach(attribute -> changes.put(attribute.key(), Optional.of(attribute)));
    return new Changes(changes);
  }

  static Changes deleting(Collection<String> keys) {
    var changes = new TreeMap<String, Optional<Attribute>>();
    keys.forEach(key -> changes.put(key, Optional.empty()));
    return new Changes(changes);
  }

  /// These changes, and then the later ones.
  Changes then(Changes later) {
    var both = new TreeMap<>(byKey);
    both.putAll(later.byKey);
    return new Changes(both);
  }

  /// A copy of `attributes` with these changes, sorted by key.
  Map<String, Attribute> applied(Map<String, Attribute> attributes) {
    var changed = new TreeMap<>(attributes);
    byKey.forEach(
        (key, attribute) ->
            attribute.ifPresentOrElse(value -> changed.put(key, value), () -> changed.remove(key)));
    return changed;
  }
}
