package io.millrace.engine.fields;

import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.ValueChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One tenant's fields, by what makes them compute. Immutable.
final class TenantFields {
  static final TenantFields NONE = new TenantFields(List.of());

  private final Map<EntityId, Field> byId = new HashMap<>();
  private final Map<EntityId, List<Field>> byOwner = new HashMap<>();
  private final Map<EntityId, List<Field>> byReference = new HashMap<>();
  private final List<Field> byHolder = new ArrayList<>();
  private final List<Field> aggregations = new ArrayList<>();

  TenantFields(Collection<Field> fields) {
    for (var field : fields) {
      byId.put(field.id(), field);
      byOwner.computeIfAbsent(field.owner(), _ -> new ArrayList<>()).add(field);
      if (field.formula() instanceof RelatedAggregation) {
        aggregations.add(field);
      } else {
        index(field);
      }
    }
  }

  private void index(Field field) {
    boolean isOfHolder = false;
    for (var argument : field.formula().arguments().values()) {
      isOfHolder |= argument.source() instanceof Source.Owner;
      if (argument.source() instanceof Source.Given(var given)) {
        var known = byReference.computeIfAbsent(given, _ -> new ArrayList<>());
        if (!known.contains(field)) {
          known.add(field);
        }
      }
    }
    if (isOfHolder) {
      byHolder.add(field);
    }
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  Collection<Field> all() {
    return byId.values();
  }

  @org.jspecify.annotations.Nullable
  Field find(EntityId id) {
    return byId.get(id);
  }

  /// Fields of an entity or of a profile.
  List<Field> of(EntityId owner) {
    return byOwner.getOrDefault(owner, List.of());
  }

  /// Fields that name that entity and read one of those values of it.
  List<Field> referring(ValueChange change) {
    return byReference.getOrDefault(change.entity(), List.of()).stream()
        .filter(field -> reads(field, change, new Source.Given(change.entity())))
        .toList();
  }

  /// Fields that read one of those values of the customer or tenant that an entity belongs to.
  List<Field> readingHolder(ValueChange change) {
    return byHolder.stream().filter(field -> reads(field, change, new Source.Owner())).toList();
  }

  /// Fields that aggregate one of those values over related entities.
  List<Field> aggregating(ValueChange change) {
    return aggregations.stream().filter(field -> reads(field, change, new Source.Own())).toList();
  }

  static boolean reads(Field field, ValueChange change, Source source) {
    for (var argument : field.formula().arguments().values()) {
      if (argument.source().equals(source) && argument.isOf(change)) {
        return true;
      }
    }
    return false;
  }
}
