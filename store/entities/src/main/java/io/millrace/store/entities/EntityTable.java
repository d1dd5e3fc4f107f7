package io.millrace.store.entities;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The rows of one kind of entity.
///
/// Rows that were looked up stay in memory, within a bound, until they change.
public abstract class EntityTable<E extends Entity> {
  private final EntityStore store;
  private final Cache<EntityId, Optional<E>> cache;
  private final Columns columns;

  EntityTable(EntityStore store, String table, int cachedRowsMax, List<String> own) {
    this.store = store;
    columns = new Columns(table, own);
    cache = Caffeine.newBuilder().maximumSize(cachedRowsMax).executor(Runnable::run).build();
  }

  public final Optional<E> find(EntityId id) {
    return cache.get(
        id, wanted -> wanted.type() == type() ? findBy("id", Row.text(wanted)) : Optional.empty());
  }

  /// Inserts a row of version 0, updates any other.
  ///
  /// @return the row as stored, with its new version
  /// @throws DuplicateNameException when its name is taken
  /// @throws DuplicateCredentialsException when its credentials are taken
  /// @throws StaleVersionException when the stored version is not the given one
  /// @throws MissingEntityException when it refers to something that is not there
  public final E save(E entity) {
    return store.write(transaction -> save(transaction, entity));
  }

  /// Deletes the row and what depends on it.
  ///
  /// @return whether there was such a row
  /// @throws InUseException when others refer to it
  public final boolean delete(EntityId id) {
    return store.write(transaction -> delete(transaction, id));
  }

  /// A page of a tenant's rows.
  ///
  /// @throws IllegalArgumentException when the sort property is not one of the sortable ones
  public final Page<E> page(EntityId tenantId, PageLink link) {
    return pageBy("tenant_id", Row.text(tenantId), link);
  }

  abstract EntityType type();

  /// The values of the table's own columns, in their order.
  abstract List<@Nullable Object> values(E entity);

  abstract E read(Row row, Stored stored) throws SQLException;

  /// What a search looks through.
  abstract String searchText(E entity);

  /// Names that lists can be sorted by, and their columns.
  abstract Map<String, String> sortable();

  /// What to say when a unique column has that value already.
  abstract RuntimeException taken(E entity);

  /// Refuses a row that refers to something missing which the database itself does not check.
  void checkReferences(Transaction transaction, E entity) {}

  /// Writes what goes with a row that was saved.
  void saved(Transaction transaction, E entity) {}

  /// Refuses the deletion of a row that must stay while its tenant does.
  void checkDelete(E entity) {}

  /// Deletes rows that cannot be without this one.
  void deleteDependants(Transaction transaction, E entity) {}

  /// The parts of a row that every table has.
  record Stored(EntityId id, long createdTime, long version) {}

  final E save(Transaction transaction, E entity) {
    if (entity.version() > 0) {
      var before = require(transaction, entity.id());
      checkVersion(before, entity);
      transaction.forget(() -> forget(before));
    }
    checkReferences(transaction, entity);
    transaction.forget(() -> forget(entity));
    write(transaction.handle, entity);
    transaction.changed(entity.id());
    var stored = require(transaction, entity.id());
    saved(transaction, stored);
    return stored;
  }

  final boolean delete(Transaction transaction, EntityId id) {
    var entity = findBy(transaction.handle, "id", Row.text(id));
    entity.ifPresent(this::checkDelete);
    entity.ifPresent(found -> delete(transaction, found));
    return entity.isPresent();
  }

  final void delete(Transaction transaction, E entity) {
    deleteDependants(transaction, entity);
    store.relations().entityDeleted(transaction, entity.id());
    store.calculatedFields().entityDeleted(transaction, entity.id());
    try {
      transaction.handle.execute(columns.delete(), Row.text(entity.id()));
    } catch (RuntimeException e) {
      throw Refusals.ofDelete(e, entity);
    }
    transaction.forget(() -> forget(entity));
    transaction.deleted(entity.id());
  }

  final E require(Transaction transaction, EntityId id) {
    return findBy(transaction.handle, "id", Row.text(id)).orElseThrow(() -> missing(id));
  }

  final Optional<E> findBy(String column, String value) {
    return store.read(handle -> findBy(handle, column, value));
  }

  final Optional<E> findBy(Handle handle, String column, String value) {
    return handle
        .createQuery(columns.select(column + " = :value"))
        .bind("value", value)
        .map((row, _) -> read(new Row(row)))
        .findFirst();
  }

  final Optional<E> findInTenant(EntityId tenantId, String column, Object value) {
    return store.read(handle -> findInTenant(handle, tenantId, column, value));
  }

  final Optional<E> findInTenant(Handle handle, EntityId tenantId, String column, Object value) {
    return handle
        .createQuery(columns.select("tenant_id = :tenant AND " + column + " = :value"))
        .bind("tenant", Row.text(tenantId))
        .bind("value", value)
        .map((row, _) -> read(new Row(row)))
        .findFirst();
  }

  final List<E> allBy(String column, String value) {
    return store.read(handle -> allBy(handle, column, value));
  }

  final List<E> allBy(Handle handle, String column, String value) {
    return allWhere(handle, column + " = :value", value);
  }

  final List<E> allWhere(Handle handle, String condition, String value) {
    return handle
        .createQuery(columns.select(condition + " ORDER BY created_time, id"))
        .bind("value", value)
        .map((row, _) -> read(new Row(row)))
        .list();
  }

  final Page<E> pageBy(String column, String value, PageLink link) {
    return pageWhere(column + " = :value", value, link);
  }

  final Page<E> pageWhere(String chosen, String value, PageLink link) {
    var condition = chosen + " AND search_text LIKE :search ESCAPE '!'";
    var rows = columns.select(condition + order(link) + " LIMIT :limit OFFSET :offset");
    return store.read(
        handle -> {
          var data =
              searching(handle.createQuery(rows), value, link)
                  .bind("limit", link.pageSize())
                  .bind("offset", (long) link.pageSize() * link.page())
                  .map((row, _) -> read(new Row(row)))
                  .list();
          long total =
              searching(handle.createQuery(columns.count(condition)), value, link)
                  .mapTo(Long.class)
                  .one();
          return Page.of(data, link, total);
        });
  }

  private static Query searching(Query query, String value, PageLink link) {
    return query.bind("value", value).bind("search", pattern(link.textSearch()));
  }

  final EntityStore store() {
    return store;
  }

  /// Drops what is kept in memory of this row.
  void forget(E entity) {
    cache.invalidate(entity.id());
  }

  private E read(Row row) throws SQLException {
    return read(
        row, new Stored(row.id(type(), "id"), row.number("created_time"), row.number("version")));
  }

  private void write(Handle handle, E entity) {
    try {
      boolean isNew = entity.version() == 0;
      int rows = bound(handle.createUpdate(isNew ? columns.insert() : columns.update()), entity);
      if (rows == 0) {
        throw stale(entity, "another");
      }
    } catch (RuntimeException e) {
      throw Refusals.ofSave(e, entity, this);
    }
  }

  private int bound(Update update, E entity) {
    update
        .bind("id", Row.text(entity.id()))
        .bind("created_time", entity.createdTime() == 0 ? store.now() : entity.createdTime())
        .bind("version", entity.version() + 1)
        .bind("search_text", searchText(entity).toLowerCase(Locale.ROOT))
        .bind("version_before", entity.version());
    var values = values(entity);
    for (int i = 0; i < values.size(); i++) {
      update.bind(columns.own().get(i), values.get(i));
    }
    return update.execute();
  }

  private void checkVersion(E before, E entity) {
    if (before.version() != entity.version()) {
      throw stale(entity, "" + before.version());
    }
  }

  private StaleVersionException stale(E entity, String found) {
    return new StaleVersionException(
        "%s was saved by somebody else meanwhile: the change was made to version %d and found version %s. Read it again and repeat the change."
            .formatted(entity.id(), entity.version(), found));
  }

  static MissingEntityException missing(EntityId id) {
    return new MissingEntityException("There is no " + id);
  }

  private String order(PageLink link) {
    var column = sortable().get(link.sortProperty());
    if (column == null) {
      throw new IllegalArgumentException(
          "sortProperty=%s; this list can be sorted by %s"
              .formatted(
                  link.sortProperty(),
                  String.join(", ", sortable().keySet().stream().sorted().toList())));
    }
    var direction = link.ascending() ? " ASC" : " DESC";
    return " ORDER BY " + column + direction + ", id" + direction;
  }

  static String pattern(String text) {
    var literal =
        text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return "%" + literal + "%";
  }
}
