package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.RelationQuery;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which related entities are meant; ThingsBoard's `relationsQuery`.
record RelationSettings(
    @Doc("FROM: relations that begin at the originator; TO: that end there.") @Default("FROM")
        Direction direction,
    @Doc("How many steps to follow; 0 for all.") @Default("1") int maxLevel,
    @Doc("Only what the last step finds.") boolean fetchLastLevelOnly,
    @Doc("What counts; none for everything.") List<Filter> filters,
    @Doc("For related devices: the relation's type.") String relationType,
    @Doc("For related devices: their profiles.") List<String> deviceTypes) {

  enum Direction {
    FROM,
    TO
  }

  record Filter(
      @Doc("The relation's type; empty for any.") String relationType,
      @Doc("Types of the entities found; none for any.") List<String> entityTypes,
      @Doc("Any type of relation but this one.") boolean negate) {}

  private static final int FOUND_MAX = 10_000;

  RelationQuery of(EntityId originator) {
    var chosen =
        relationType.isEmpty()
            ? filters.stream()
                .map(
                    each ->
                        new RelationQuery.Filter(
                            each.relationType(), types(each.entityTypes()), each.negate()))
                .toList()
            : List.of(new RelationQuery.Filter(relationType, EnumSet.of(EntityType.DEVICE), false));
    return new RelationQuery(
        originator, direction == Direction.TO, maxLevel, chosen, fetchLastLevelOnly, FOUND_MAX);
  }

  private static Set<EntityType> types(List<String> names) {
    var types = EnumSet.noneOf(EntityType.class);
    for (var type : EntityType.values()) {
      if (names.contains(type.name())) {
        types.add(type);
      }
    }
    return types;
  }
}
