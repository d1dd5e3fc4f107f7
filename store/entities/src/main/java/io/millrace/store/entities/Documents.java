package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One kind of [Document] of all tenants.
public final class Documents extends EntityTable<Document> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "name", "name", "title", "name");

  private final EntityType type;

  Documents(EntityStore store, String table, EntityType type) {
    super(store, table, 500, List.of("tenant_id", "name", "alias", "details"));
    this.type = type;
  }

  public Optional<Document> findByAlias(EntityId tenantId, String alias) {
    return findInTenant(tenantId, "alias", alias);
  }

  public List<Document> ofTenant(EntityId tenantId) {
    return allBy("tenant_id", Row.text(tenantId));
  }

  @Override
  EntityType type() {
    return type;
  }

  @Override
  List<@Nullable Object> values(Document entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()), entity.name(), entity.alias(), entity.details().toString());
  }

  @Override
  Document read(Row row, Stored stored) throws SQLException {
    return new Document(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.text("name"),
        row.text("alias"),
        row.json("details"),
        stored.version());
  }

  @Override
  String searchText(Document entity) {
    return entity.name() + "\n" + entity.alias();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(Document entity) {
    return new DuplicateNameException(
        "The tenant has a %s called %s already; choose another name."
            .formatted(type, entity.alias()));
  }
}
