package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.AlarmListener;
import io.millrace.engine.pipeline.Witness;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.commit.Commit;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.ChangeListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Puts what exports want into their queues, in the commit that holds it. On partition threads;
/// costs nothing for tenants without an export.
final class ExportFeed implements ChangeListener, AlarmListener, Witness {
  /// What telemetry and alarms tell better.
  private static final Set<String> NO_EVENTS = Set.of("POST_TELEMETRY_REQUEST");

  /// One export that takes.
  record Taker(ExportSettings settings, ExportQueue queue) {}

  private final EntityStore entities;
  private final Map<EntityId, List<Taker>> takers = new ConcurrentHashMap<>();

  ExportFeed(EntityStore entities) {
    this.entities = entities;
  }

  void add(EntityId tenant, Taker taker) {
    takers.computeIfAbsent(tenant, _ -> new CopyOnWriteArrayList<>()).add(taker);
  }

  void remove(EntityId tenant, Taker taker) {
    takers.computeIfPresent(
        tenant,
        (_, list) -> {
          list.remove(taker);
          return list.isEmpty() ? null : list;
        });
  }

  @Override
  public void saved(EntityId entity, List<Point> points) {}

  @Override
  public void saving(Commit commit, EntityId entity, List<Point> points) {
    if (takers.isEmpty() || entity.type() != EntityType.DEVICE) {
      return;
    }
    var device = entities.devices().find(entity);
    if (device.isPresent()) {
      for (var taker : of(device.get().tenantId(), ExportKind.TELEMETRY)) {
        addTelemetry(commit, taker, device.get(), points);
      }
    }
  }

  /// One record for each time.
  private static void addTelemetry(Commit commit, Taker taker, Device device, List<Point> points) {
    var byTime = new LinkedHashMap<Long, JsonObject.Builder>(2);
    for (var point : points) {
      byTime.computeIfAbsent(point.ts(), _ -> JsonObject.builder()).put(point.key(), point.value());
    }
    byTime.forEach(
        (ts, values) ->
            add(
                commit,
                taker,
                ExportKind.TELEMETRY,
                device,
                about(device).put("ts", ts).put("values", values.build()).build()));
  }

  @Override
  public void changed(AlarmChange change) {}

  @Override
  public void changing(Commit commit, AlarmChange change) {
    var alarm = change.alarm();
    var originator = alarm.originator();
    for (var taker : of(alarm.tenantId(), ExportKind.ALARM)) {
      var name = entities.devices().find(originator).map(Device::name).orElse("");
      var json =
          JsonObject.builder()
              .put("change", change.kind().name())
              .put("deviceName", name)
              .put("alarm", alarm.toJson())
              .build();
      taker.queue.add(commit, ExportKind.ALARM, name, originator.id(), json);
    }
  }

  @Override
  public void enters(EntityId tenant, RuleMessage message, Commit commit) {
    if (takers.isEmpty()
        || message.originator().type() != EntityType.DEVICE
        || NO_EVENTS.contains(message.type())) {
      return;
    }
    for (var taker : of(tenant, ExportKind.EVENT)) {
      entities
          .devices()
          .find(message.originator())
          .ifPresent(
              device ->
                  add(
                      commit,
                      taker,
                      ExportKind.EVENT,
                      device,
                      about(device)
                          .put("ts", message.ts())
                          .put("event", message.type())
                          .put("body", message.body())
                          .build()));
    }
  }

  private static JsonObject.Builder about(Device device) {
    return JsonObject.builder()
        .put("deviceId", device.id().id().toString())
        .put("deviceName", device.name())
        .put("deviceType", device.type());
  }

  private static void add(
      Commit commit, Taker taker, ExportKind kind, Device device, JsonObject json) {
    taker.queue.add(commit, kind, device.name(), device.id().id(), json);
  }

  private List<Taker> of(EntityId tenant, ExportKind kind) {
    var all = takers.get(tenant);
    return all == null
        ? List.of()
        : all.stream().filter(taker -> !taker.settings.topic(kind).isEmpty()).toList();
  }
}
