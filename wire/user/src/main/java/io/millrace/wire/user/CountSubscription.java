package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How many a query finds, said again when it has changed.
final class CountSubscription implements Subscription {
  private final long id;
  private final String update;
  private final EntityId tenant;
  private final LongSupplier count;
  private long last = -1;

  CountSubscription(long id, String update, EntityId tenant, LongSupplier count) {
    this.id = id;
    this.update = update;
    this.tenant = tenant;
    this.count = count;
  }

  @Override
  public synchronized void refresh(SocketWriter writer) {
    long now = count.getAsLong();
    if (now != last) {
      last = now;
      writer.send(EntityDataSubscriber.frame(id, update).put("count", now).build());
    }
  }

  @Override
  public void answered(SocketWriter writer) {} // nothing waits for that

  @Override
  public Optional<JsonObject> next() {
    return Optional.empty();
  }

  @Override
  public List<EntityId> entities() {
    return List.of(); // each count asks again what the caller may see
  }

  @Override
  public String toString() {
    return update + " " + id + " of " + tenant;
  }

  @Override
  public void close() {} // holds nothing
}
