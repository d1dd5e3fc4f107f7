package io.millrace.engine.notifications;

import io.millrace.base.json.JsonObject;
import io.millrace.store.entities.EntityStore;
import java.util.Optional;

/// The mail server that the system administrator has saved: ThingsBoard's mail settings. Any
// thread.
public final class MailSettings {
  private static final String KIND = "mail";

  private final EntityStore entities;

  public MailSettings(EntityStore entities) {
    this.entities = entities;
  }

  /// ThingsBoard's `jsonValue`, password included; empty before anything was saved.
  public Optional<JsonObject> stored() {
    return entities.adminSettings().find(KIND);
  }

  public void save(JsonObject settings) {
    entities.adminSettings().save(KIND, settings);
  }
}
