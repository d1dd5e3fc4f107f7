package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.List;

/// Changes shared attributes of devices, as an administrator would.
@FunctionalInterface
public interface SharedAttributes {
  /// Returns at once.
  void change(EntityId device, JsonObject saved, List<String> deleted);
}
