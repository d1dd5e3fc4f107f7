package io.millrace.store.entities;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// How entities of a tenant are related. Look-ups are answered from memory once they were asked,
/// so rule nodes may ask for every message.
///
/// Whose entities they are is the caller's to check. An entity's relations go with it.
public final class Relations {
  private static final String KEY =
      "from_id = :from AND from_type = :fromType AND to_id = :to AND to_type = :toType AND"
          + " type_group = :group AND type = :type";

  private final EntityStore store;
  private final Cache<EntityId, List<Relation>> from = cache();
  private final Cache<EntityId, List<Relation>> to = cache();

  Relations(EntityStore store) {
    this.store = store;
  }

  /// Makes the relation, or changes what is said of it.
  public Relation save(EntityId tenantId, Relation relation) {
    return store.write(transaction -> save(transaction, tenantId, relation));
  }

  /// Deletes the relation and says whether there was one.
  public boolean delete(EntityId from, EntityId to, String type, RelationGroup group) {
    var relation = new Relation(from, to, type, group, JsonObject.EMPTY, 0);
    return store.write(
        transaction -> {
          transaction.forget(() -> forget(relation));
          return update(transaction.handle, "DELETE FROM relation WHERE " + KEY, relation) > 0;
        });
  }

  /// Deletes all common relations of an entity, in both directions.
  public void deleteAll(EntityId entity) {
    store.write(
        transaction -> {
          delete(transaction, entity, "AND type_group = 'COMMON'");
          return true;
        });
  }

  public Optional<Relation> find(EntityId from, EntityId to, String type, RelationGroup group) {
    return from(from).stream()
        .filter(each -> each.to().equals(to) && each.type().equals(type) && each.group() == group)
        .findFirst();
  }

  /// Relations that begin at the entity, of all groups.
  public List<Relation> from(EntityId entity) {
    return from.get(entity, wanted -> read("from", wanted));
  }

  /// Relations that end at the entity, of all groups.
  public List<Relation> to(EntityId entity) {
    return to.get(entity, wanted -> read("to", wanted));
  }

  /// The common relations that the query finds, nearest first.
  ///
  /// @throws IllegalArgumentException when there are more than it allows
  public List<Relation> find(RelationQuery query) {
    return new RelationSearch(this, query).run();
  }

  /// What the query finds at the ends of relations, each once, nearest first, without the root.
  ///
  /// @throws IllegalArgumentException when there are more than it allows
  public List<EntityId> related(RelationQuery query) {
    return find(query).stream()
        .map(relation -> query.isUp() ? relation.from() : relation.to())
        .filter(found -> !found.equals(query.root()))
        .distinct()
        .toList();
  }

  void entityDeleted(Transaction transaction, EntityId entity) {
    delete(transaction, entity, "");
  }

  void tenantDeleted(Transaction transaction, EntityId tenantId) {
    transaction.handle.execute("DELETE FROM relation WHERE tenant_id = ?", Row.text(tenantId));
    transaction.forget(from::invalidateAll);
    transaction.forget(to::invalidateAll);
  }

  private void delete(Transaction transaction, EntityId entity, String more) {
    var touched =
        List.of(read(transaction.handle, "from", entity), read(transaction.handle, "to", entity));
    var id = Row.text(entity);
    transaction.handle.execute("DELETE FROM relation WHERE from_id = ? " + more, id);
    transaction.handle.execute("DELETE FROM relation WHERE to_id = ? " + more, id);
    transaction.forget(() -> touched.forEach(list -> list.forEach(this::forget)));
    transaction.forget(() -> from.invalidate(entity));
    transaction.forget(() -> to.invalidate(entity));
  }

  private Relation save(Transaction transaction, EntityId tenantId, Relation relation) {
    transaction.forget(() -> forget(relation));
    var info = relation.additionalInfo().toString();
    int rows =
        bound(
                transaction.handle.createUpdate(
                    "UPDATE relation SET additional_info = :info, version = version + 1 WHERE "
                        + KEY),
                relation)
            .bind("info", info)
            .execute();
    if (rows == 0) {
      bound(
              transaction.handle.createUpdate(
                  "INSERT INTO relation (tenant_id, from_type, from_id, to_type, to_id, type_group,"
                      + " type, additional_info, version) VALUES (:tenant, :fromType, :from,"
                      + " :toType, :to, :group, :type, :info, 1)"),
              relation)
          .bind("tenant", Row.text(tenantId))
          .bind("info", info)
          .execute();
    }
    return read(transaction.handle, "from", relation.from()).stream()
        .filter(each -> isSame(each, relation))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isSame(Relation a, Relation b) {
    return a.from().equals(b.from())
        && a.to().equals(b.to())
        && a.type().equals(b.type())
        && a.group() == b.group();
  }

  private static int update(Handle handle, String sql, Relation relation) {
    return bound(handle.createUpdate(sql), relation).execute();
  }

  private static Update bound(Update update, Relation relation) {
    return update
        .bind("from", Row.text(relation.from()))
        .bind("fromType", relation.from().type().name())
        .bind("to", Row.text(relation.to()))
        .bind("toType", relation.to().type().name())
        .bind("group", relation.group().name())
        .bind("type", relation.type());
  }

  private List<Relation> read(String end, EntityId entity) {
    return store.read(handle -> read(handle, end, entity));
  }

  private static List<Relation> read(Handle handle, String end, EntityId entity) {
    return handle
        .createQuery(
            "SELECT * FROM relation WHERE %s_id = :id AND %s_type = :type ORDER BY type, %s_id, to_id"
                .formatted(end, end, end))
        .bind("id", Row.text(entity))
        .bind("type", entity.type().name())
        .map((columns, _) -> read(new Row(columns)))
        .list();
  }

  private static Relation read(Row row) throws SQLException {
    return new Relation(
        row.id(type(row.text("from_type")), "from_id"),
        row.id(type(row.text("to_type")), "to_id"),
        row.text("type"),
        RelationGroup.valueOf(row.text("type_group")),
        row.json("additional_info"),
        row.number("version"));
  }

  private static EntityType type(String name) {
    return EntityType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private void forget(Relation relation) {
    from.invalidate(relation.from());
    to.invalidate(relation.to());
  }

  private static Cache<EntityId, List<Relation>> cache() {
    return Caffeine.newBuilder().maximumSize(50_000).executor(Runnable::run).build();
  }
}
