package io.millrace.engine.rpc;

import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;

/// How commands and answers reach devices; implemented for each way that devices connect.
public interface DeviceLink {
  /// Sends a command where the device listens for them. Does not block.
  ///
  /// @return false when it listens nowhere on this link
  boolean send(EntityId device, Command command);

  /// Answers what a device asked, if the connection on which it asked is still there.
  ///
  /// @param session as the device's request carried it
  void reply(EntityId device, String session, int number, JsonValue body);

  /// A command as the device sees it.
  ///
  /// @param number comes back with the answer
  record Command(int number, String method, JsonValue params) {}
}
