package io.millrace.store.entities;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Turns what the database says into what the caller can act on.
final class Refusals {
  private static final String UNIQUE_VIOLATION = "23505"; // PostgreSQL's SQLSTATE
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private Refusals() {}

  static <E extends Entity> RuntimeException ofSave(
      RuntimeException refused, E entity, EntityTable<E> table) {
    var cause = sql(refused);
    if (cause == null) {
      return refused;
    }
    if (isUnique(cause)) {
      return table.taken(entity);
    }
    if (isForeignKey(cause)) {
      return new MissingEntityException(
          "%s refers to a tenant, customer, profile, chain or device that is not there"
              .formatted(entity.id()));
    }
    return failed("save " + entity.id(), cause);
  }

  static RuntimeException ofDelete(RuntimeException refused, Entity entity) {
    var cause = sql(refused);
    if (cause == null) {
      return refused;
    }
    if (isForeignKey(cause)) {
      return new InUseException(
          "%s cannot be deleted: others still refer to it. Change or delete those first."
              .formatted(entity.id()));
    }
    return failed("delete " + entity.id(), cause);
  }

  static EntityStoreException failed(String what, SQLException cause) {
    return new EntityStoreException(
        "The entity database could not %s: %s".formatted(what, cause.getMessage()), cause);
  }

  static @Nullable SQLException sql(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }

  private static boolean isUnique(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
        : UNIQUE_VIOLATION.equals(e.getSQLState());
  }

  private static boolean isForeignKey(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY
        : FOREIGN_KEY_VIOLATION.equals(e.getSQLState());
  }
}
