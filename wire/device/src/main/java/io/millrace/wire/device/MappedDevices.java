package io.millrace.wire.device;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Threads;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Devices that mappings name: looked up, or made, once on a virtual thread, then known. Any
/// thread; messages of one device stay in their order.
final class MappedDevices implements EntityListener, AutoCloseable {
  private static final int KNOWN_MAX = 100_000;

  private final EntityStore entities;
  private final GatewayDevices makes;
  private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
  private final ExecutorService threads = Threads.virtual("device-mapping");

  private record Key(EntityId tenant, String name) {}

  /// What comes of a look-up.
  sealed interface Found {
    record Known(Device device) implements Found {}

    record Missing(String why) implements Found {}

    record Failed(RuntimeException fault) implements Found {}
  }

  private static final class Slot {
    private @Nullable Device device;
    private final ArrayDeque<Consumer<Found>> waiting = new ArrayDeque<>();
  }

  MappedDevices(EntityStore entities, GatewayDevices makes) {
    this.entities = entities;
    this.makes = makes;
    entities.onChange(this);
  }

  /// Hands the device over, at once when it is known.
  void with(EntityId tenant, String name, TopicMapping mapping, Consumer<Found> work) {
    if (slots.size() > KNOWN_MAX) {
      slots.values().removeIf(slot -> slot.device != null);
    }
    var key = new Key(tenant, name);
    var slot = slots.computeIfAbsent(key, _ -> new Slot());
    Device known;
    boolean first;
    synchronized (slot) {
      known = slot.device;
      first = known == null && slot.waiting.isEmpty();
      if (known == null) {
        slot.waiting.add(work);
      }
    }
    if (known != null) {
      work.accept(new Found.Known(known));
    } else if (first) {
      lookUpLater(key, slot, mapping);
    }
  }

  private void lookUpLater(Key key, Slot slot, TopicMapping mapping) {
    try {
      threads.execute(() -> settle(key, slot, find(key, mapping)));
    } catch (RejectedExecutionException closing) {
      settle(key, slot, new Found.Failed(closing));
    }
  }

  private void settle(Key key, Slot slot, Found found) {
    boolean more = true;
    while (more) {
      Consumer<Found> next;
      synchronized (slot) {
        next = slot.waiting.peek();
        if (next != null) {
          next.accept(found); // under the lock: those who come now come after
          slot.waiting.remove();
        } else if (found instanceof Found.Known(var device)) {
          slot.device = device;
        } else {
          slots.remove(key, slot); // the next message looks again
        }
        more = next != null;
      }
    }
  }

  private Found find(Key key, TopicMapping mapping) {
    try {
      var known = entities.devices().findByName(key.tenant, key.name);
      if (known.isPresent()) {
        return new Found.Known(known.get());
      }
      return mapping.creates()
          ? new Found.Known(makes.findOrCreate(key.tenant, key.name, mapping.profile()))
          : new Found.Missing("there is no device '" + key.name + "' (the mapping makes none)");
    } catch (BadBodyException e) {
      return new Found.Missing(e.reason());
    } catch (RuntimeException e) {
      return new Found.Failed(e);
    }
  }

  @Override
  public void changed(EntityId id) {
    forget(id);
  }

  @Override
  public void deleted(EntityId id) {
    forget(id);
  }

  private void forget(EntityId id) {
    if (id.type() == EntityType.DEVICE) {
      slots.values().removeIf(slot -> slot.device != null && slot.device.id().equals(id));
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
