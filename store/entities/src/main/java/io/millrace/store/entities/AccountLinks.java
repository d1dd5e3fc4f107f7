package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.Optional;

/// Links that let a user set a password once: to activate an account, or to reset it.
public final class AccountLinks {
  private final EntityStore store;

  AccountLinks(EntityStore store) {
    this.store = store;
  }

  /// What a link is for.
  public enum Kind {
    ACTIVATE,
    RESET
  }

  /// A link that is open.
  public record Link(EntityId userId, Kind kind, long expires) {}

  /// Opens a link instead of the user's link of that kind before.
  public void open(EntityId userId, Kind kind, String hash, long expires) {
    store.write(
        transaction -> {
          close(transaction, userId, kind);
          return transaction.handle.execute(
              "INSERT INTO account_link (user_id, kind, hash, expires) VALUES (?, ?, ?, ?)",
              Row.text(userId),
              kind.name(),
              hash,
              expires);
        });
  }

  /// The link whose secret has that hash.
  public Optional<Link> find(String hash) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM account_link WHERE hash = :hash")
                .bind("hash", hash)
                .map(
                    (columns, _) ->
                        new Link(
                            new Row(columns).id(EntityType.USER, "user_id"),
                            Kind.valueOf(columns.getString("kind")),
                            columns.getLong("expires")))
                .findFirst());
  }

  /// A link was used.
  public void close(EntityId userId, Kind kind) {
    store.write(transaction -> close(transaction, userId, kind));
  }

  private static int close(Transaction transaction, EntityId userId, Kind kind) {
    return transaction.handle.execute(
        "DELETE FROM account_link WHERE user_id = ? AND kind = ?", Row.text(userId), kind.name());
  }
}
