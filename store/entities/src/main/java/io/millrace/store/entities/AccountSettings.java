package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.Optional;

/// What users keep of their own: ThingsBoard's user settings, by kind.
public final class AccountSettings {
  private final EntityStore store;

  AccountSettings(EntityStore store) {
    this.store = store;
  }

  public Optional<JsonObject> find(EntityId userId, String kind) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT details FROM account_setting WHERE user_id = :user AND kind = :kind")
                .bind("user", Row.text(userId))
                .bind("kind", kind)
                .map((columns, _) -> new Row(columns).json("details"))
                .findFirst());
  }

  public void save(EntityId userId, String kind, JsonObject details) {
    var user = Row.text(userId);
    store.write(
        transaction -> {
          transaction.handle.execute(
              "DELETE FROM account_setting WHERE user_id = ? AND kind = ?", user, kind);
          return transaction.handle.execute(
              "INSERT INTO account_setting (user_id, kind, details) VALUES (?, ?, ?)",
              user,
              kind,
              details.toString());
        });
  }
}
