package io.millrace.wire.device;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.attributes.AttributeListener;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The devices that are connected over MQTT, and what they are told without asking. Any thread.
final class ConnectedDevices implements AttributeListener, EntityListener {
  private final EntityStore entities;
  private final ExecutorService threads;
  private final Map<Client, Connected> byClient = new ConcurrentHashMap<>();
  private final Map<EntityId, List<Connected>> byDevice = new ConcurrentHashMap<>();
  private final Map<EntityId, Behind> behind = new ConcurrentHashMap<>();
  private final AtomicLong sessions = new AtomicLong();

  /// A device that a gateway speaks for.
  record Behind(Connected gateway, String name) {}

  ConnectedDevices(EntityStore entities, ExecutorService threads) {
    this.entities = entities;
    this.threads = threads;
  }

  int count() {
    return byClient.size();
  }

  /// The connection of a client that is a device.
  Connected of(Client client) {
    var known = byClient.get(client); // hot path: no lambda
    return known != null ? known : byClient.computeIfAbsent(client, this::add);
  }

  /// The connections of a device.
  List<Connected> of(EntityId device) {
    return byDevice.getOrDefault(device, List.of());
  }

  Optional<Behind> behindGateway(EntityId device) {
    return Optional.ofNullable(behind.get(device));
  }

  /// The gateway speaks for that device from now on; true when it did not before.
  boolean put(Device device, Connected gateway) {
    var known = behind.get(device.id());
    if (known != null && known.gateway() == gateway) {
      return false;
    }
    behind.put(device.id(), new Behind(gateway, device.name()));
    return true;
  }

  void removeBehind(Connected gateway, String name) {
    behind.values().removeIf(one -> one.gateway() == gateway && one.name().equals(name));
  }

  void remove(Client client) {
    var gone = byClient.remove(client);
    if (gone != null) {
      if (gone.device.isGateway()) {
        behind.values().removeIf(one -> one.gateway() == gone);
      }
      byDevice.computeIfPresent(
          gone.device.deviceId(),
          (_, all) -> {
            var rest = all.stream().filter(one -> one != gone).toList();
            return rest.isEmpty() ? null : rest;
          });
    }
  }

  private Connected add(Client client) {
    if (!(client.principal() instanceof DevicePrincipal device)) {
      throw new IllegalArgumentException(client.clientId() + " is not a device");
    }
    var connected =
        new Connected(
            client, device, Long.toString(sessions.incrementAndGet()), new InTurn(threads));
    byDevice.merge(
        device.deviceId(),
        List.of(connected),
        (all, more) -> Stream.concat(all.stream(), more.stream()).toList());
    return connected;
  }

  // ThingsBoard: shared attributes are pushed, those of other scopes are not
  @Override
  public void saved(EntityId entity, AttributeScope scope, List<Attribute> attributes) {
    if (scope == AttributeScope.SHARED_SCOPE) {
      tell(entity, AttributeReplies.object(attributes));
    }
  }

  @Override
  public void deleted(EntityId entity, AttributeScope scope, Collection<String> keys) {
    if (scope == AttributeScope.SHARED_SCOPE) {
      var names = keys.stream().<JsonValue>map(JsonString::new).toList();
      tell(entity, JsonObject.of("deleted", new JsonArray(names)));
    }
  }

  private void tell(EntityId device, JsonObject changes) {
    for (var connected : of(device)) {
      connected.send(DeviceTopics.ATTRIBUTES, changes);
      connected.send(DeviceTopics.ATTRIBUTES_SHORT, changes);
    }
  }

  @Override
  public void changed(EntityId id) {
    if (id.type() == EntityType.DEVICE_CREDENTIALS) {
      close(
          one -> one.credentialsId().equals(id),
          "The credentials of this device were changed; connect with the new ones");
    } else if (id.type() == EntityType.DEVICE && byDevice.containsKey(id)) {
      threads.execute(() -> update(id));
    }
  }

  @Override
  public void deleted(EntityId id) {
    if (id.type() == EntityType.DEVICE || id.type() == EntityType.DEVICE_CREDENTIALS) {
      close(
          one -> one.deviceId().equals(id) || one.credentialsId().equals(id),
          "This device was deleted");
    }
  }

  private void update(EntityId id) {
    entities
        .devices()
        .find(id)
        .ifPresent(
            device ->
                byDevice.getOrDefault(id, List.of()).forEach(one -> one.device.update(device)));
  }

  private void close(Predicate<DevicePrincipal> which, String reason) {
    for (var connected : byClient.values()) {
      if (which.test(connected.device)) {
        connected.client.close(ReasonCode.ADMINISTRATIVE_ACTION, reason);
      }
    }
  }
}
