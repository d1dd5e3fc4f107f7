package io.millrace.wire.user;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Entity;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.EntityTable;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// The entities that a query of the current caller can find.
final class EntityRows {
  private final EntityStore entities;
  private final Guard guard;
  private final int max;

  /// Looks at no more than `max` entities of one kind.
  EntityRows(EntityStore entities, Guard guard, int max) {
    this.entities = entities;
    this.guard = guard;
    this.max = max;
  }

  /// All of one type that the caller may see.
  List<EntityRow> ofType(EntityType type) {
    return switch (type) {
      case DEVICE -> all(entities.devices(), EntityRow::of);
      case ASSET -> all(entities.assets(), EntityRow::of);
      case ENTITY_VIEW -> all(entities.entityViews(), EntityRow::of);
      case CUSTOMER -> all(entities.customers(), EntityRow::of);
      case USER -> all(entities.users(), EntityRow::of);
      case DASHBOARD ->
          all(entities.dashboards(), EntityRow::of).stream()
              .filter(row -> !Caller.current().isCustomerUser() || guard.mayRead(row.id()))
              .toList();
      case RULE_CHAIN ->
          Caller.current().isCustomerUser() ? List.of() : all(entities.ruleChains(), EntityRow::of);
      case TENANT -> one(Caller.current().tenantId()).stream().toList();
      default -> List.of(); // nothing of that kind is kept as a row
    };
  }

  /// That entity, if the caller may see it.
  Optional<EntityRow> one(EntityId id) {
    if (!guard.mayRead(id)) {
      return Optional.empty();
    }
    return switch (id.type()) {
      case DEVICE -> entities.devices().find(id).map(EntityRow::of);
      case ASSET -> entities.assets().find(id).map(EntityRow::of);
      case ENTITY_VIEW -> entities.entityViews().find(id).map(EntityRow::of);
      case CUSTOMER -> entities.customers().find(id).map(EntityRow::of);
      case USER -> entities.users().find(id).map(EntityRow::of);
      case DASHBOARD -> entities.dashboards().find(id).map(EntityRow::of);
      case RULE_CHAIN -> entities.ruleChains().find(id).map(EntityRow::of);
      case TENANT -> entities.tenants().find(id).map(EntityRow::of);
      default -> Optional.empty(); // nothing of that kind is kept as a row
    };
  }

  List<EntityRow> these(List<EntityId> ids) {
    return ids.stream().flatMap(id -> one(id).stream()).toList();
  }

  private <E extends Entity> List<EntityRow> all(
      EntityTable<E> table, Function<E, EntityRow> toRow) {
    var rows = new ArrayList<EntityRow>();
    var own = Caller.current().customerId();
    boolean isForAll = !Caller.current().isCustomerUser() || table == entities.dashboards();
    boolean more = true;
    for (int page = 0; more; page++) {
      var link = new PageLink(PageLink.PAGE_SIZE_MAX, page, "", "createdTime", true);
      var found = table.page(Caller.current().tenantId(), link);
      found.data().stream()
          .map(toRow)
          .filter(row -> isForAll || Objects.equals(row.customerId(), own))
          .forEach(rows::add);
      more = found.hasNext();
      if (rows.size() > max) {
        throw HttpError.badRequest(
            "The query looks at more than %d entities (user.queryEntitiesMax); ask for fewer"
                .formatted(max));
      }
    }
    return rows;
  }
}
