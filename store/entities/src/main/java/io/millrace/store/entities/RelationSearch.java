package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Walks along relations, level by level; each entity is visited once, so circles end.
final class RelationSearch {
  private final Relations relations;
  private final RelationQuery query;
  private final Set<EntityId> visited = new HashSet<>();
  private final List<Relation> found = new ArrayList<>();

  RelationSearch(Relations relations, RelationQuery query) {
    this.relations = relations;
    this.query = query;
  }

  List<Relation> run() {
    var level = List.of(query.root());
    visited.add(query.root());
    for (int depth = 1; !level.isEmpty() && isWithin(depth); depth++) {
      level = step(level, depth);
    }
    return List.copyOf(found);
  }

  private boolean isWithin(int depth) {
    return query.levelsMax() <= 0 || depth <= query.levelsMax();
  }

  private List<EntityId> step(List<EntityId> level, int depth) {
    var next = new ArrayList<EntityId>();
    for (var entity : level) {
      for (var relation : beside(entity)) {
        var other = other(relation);
        boolean isNew = visited.add(other);
        if (isNew) {
          next.add(other);
        }
        if (query.takes(relation, other) && (!query.isLastLevelOnly() || isLast(other, depth))) {
          add(relation);
        }
      }
    }
    return next;
  }

  /// Whether the walk ends at that entity: the levels are used up, or nothing is behind it.
  private boolean isLast(EntityId entity, int depth) {
    return (query.levelsMax() > 0 && depth == query.levelsMax()) || beside(entity).isEmpty();
  }

  private void add(Relation relation) {
    found.add(relation);
    if (found.size() > query.foundMax() || visited.size() > RelationQuery.FOUND_MAX * 10) {
      throw new IllegalArgumentException(
          "More than %d entities are related to %s; ask for fewer levels or fewer types"
              .formatted(query.foundMax(), query.root()));
    }
  }

  private List<Relation> beside(EntityId entity) {
    var all = query.isUp() ? relations.to(entity) : relations.from(entity);
    return all.stream().filter(each -> each.group() == RelationGroup.COMMON).toList();
  }

  private EntityId other(Relation relation) {
    return query.isUp() ? relation.from() : relation.to();
  }
}
