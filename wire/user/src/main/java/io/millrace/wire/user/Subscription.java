package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.List;
import java.util.Optional;

/// One subscription of a socket. Its frames are asked for when the client can take them.
interface Subscription extends AutoCloseable {
  /// The first answer is on its way: from now on news follow.
  void answered(SocketWriter writer);

  /// The next frame; empty when nothing happened.
  Optional<JsonObject> next();

  /// What it shows, to look again whether the caller may still see it.
  List<EntityId> entities();

  /// Works out again what only a new query can tell; as the caller, may block.
  void refresh(SocketWriter writer);

  @Override
  void close();
}
