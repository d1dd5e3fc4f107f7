package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.List;
import java.util.Set;

/// Which relations to follow, and how far.
///
/// @param isUp against the arrows: from what is contained to what contains it
/// @param levelsMax how many steps; 0: as many as there are
/// @param filters what counts as found, any of them; none: everything
/// @param isLastLevelOnly only what was found at the last step of its path
/// @param foundMax more than so many is an error, not a cut
public record RelationQuery(
    EntityId root,
    boolean isUp,
    int levelsMax,
    List<Filter> filters,
    boolean isLastLevelOnly,
    int foundMax) {
  /// Enough for a rule chain or a dashboard.
  public static final int FOUND_MAX = 10_000;

  public RelationQuery {
    filters = List.copyOf(filters);
  }

  /// Everything one step away.
  public static RelationQuery next(EntityId root, boolean isUp) {
    return new RelationQuery(root, isUp, 1, List.of(), false, FOUND_MAX);
  }

  /// One kind of relation.
  ///
  /// @param type empty: any
  /// @param entityTypes of what is found; empty: any
  /// @param isNegated ThingsBoard's `negate`: any type but this one
  public record Filter(String type, Set<EntityType> entityTypes, boolean isNegated) {
    public Filter {
      entityTypes = Set.copyOf(entityTypes);
    }

    boolean takes(Relation relation, EntityId found) {
      boolean isType = type.isEmpty() || relation.type().equals(type) != isNegated;
      return isType && (entityTypes.isEmpty() || entityTypes.contains(found.type()));
    }
  }

  boolean takes(Relation relation, EntityId found) {
    return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.takes(relation, found));
  }
}
