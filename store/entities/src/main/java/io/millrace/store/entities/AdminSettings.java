package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import java.util.Optional;

/// What the system administrator sets for the whole system, by kind: ThingsBoard's admin settings.
public final class AdminSettings {
  private final EntityStore store;

  AdminSettings(EntityStore store) {
    this.store = store;
  }

  public Optional<JsonObject> find(String kind) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT details FROM admin_setting WHERE kind = :kind")
                .bind("kind", kind)
                .map((columns, _) -> new Row(columns).json("details"))
                .findFirst());
  }

  public void save(String kind, JsonObject details) {
    store.write(
        transaction -> {
          transaction.handle.execute("DELETE FROM admin_setting WHERE kind = ?", kind);
          return transaction.handle.execute(
              "INSERT INTO admin_setting (kind, details) VALUES (?, ?)", kind, details.toString());
        });
  }
}
