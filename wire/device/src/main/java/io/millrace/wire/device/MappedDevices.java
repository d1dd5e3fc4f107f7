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
import java.util.function.Function;
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

  private record Waiting(TopicMapping mapping, Consumer<Found> work) {}

  /// A name: its device once that is known, till then the messages that wait for it. Its fields are
  /// guarded by itself.
  private static final class Slot {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Device device;
    private boolean isChanged; // some device was, since this one was looked up
    private boolean isGone; // from the map

    /// Done once per slot that leaves the map.
    synchronized boolean leave() {
      isGone = true;
      return true;
    }

    synchronized boolean isKnown() {
      return device != null;
    }

    /// Whether the slot has to go because of a device's change.
    synchronized boolean isHitBy(EntityId id) {
      isChanged = true;
      return device != null && device.id().equals(id);
    }

    synchronized @Nullable Waiting first() {
      return waiting.peek();
    }

    synchronized boolean takeChange() {
      var was = isChanged;
      isChanged = false;
      return was;
    }
  }

  MappedDevices(EntityStore entities, GatewayDevices makes) {
    this.entities = entities;
    this.makes = makes;
    entities.onChange(this);
  }

  /// Hands the device over, at once when it is known.
  void with(EntityId tenant, String name, TopicMapping mapping, Consumer<Found> work) {
    if (slots.size() > KNOWN_MAX) {
      slots.values().removeIf(slot -> slot.isKnown() && slot.leave());
    }
    var key = new Key(tenant, name);
    var waiting = new Waiting(mapping, work);
    while (!handed(key, slots.computeIfAbsent(key, _ -> new Slot()), waiting)) {
      Thread.onSpinWait(); // the slot left the map just now
    }
  }

  private boolean handed(Key key, Slot slot, Waiting message) {
    Device known;
    boolean first;
    synchronized (slot) {
      if (slot.isGone) {
        return false;
      }
      known = slot.device;
      first = known == null && slot.waiting.isEmpty();
      if (known == null) {
        slot.waiting.add(message);
      }
    }
    if (known != null) {
      message.work.accept(new Found.Known(known));
    } else if (first) {
      settleLater(key, slot);
    }
    return true;
  }

  private void settleLater(Key key, Slot slot) {
    try {
      threads.execute(() -> settle(key, slot, mapping -> find(key, mapping)));
    } catch (RejectedExecutionException closing) {
      settle(key, slot, _ -> new Found.Failed(closing));
    }
  }

  /// Serves those who wait, each of whom stays in the queue until it is served: those who come
  /// meanwhile come after.
  private void settle(Key key, Slot slot, Function<TopicMapping, Found> find) {
    Device known = null;
    for (var next = slot.first(); next != null; next = slot.first()) {
      if (slot.takeChange() || known == null) {
        known = serve(next, find.apply(next.mapping));
      } else {
        next.work.accept(new Found.Known(known));
      }
      if (isLast(key, slot, known)) {
        return;
      }
    }
  }

  private static @Nullable Device serve(Waiting next, Found found) {
    next.work.accept(found);
    return found instanceof Found.Known(var device) ? device : null;
  }

  /// Takes the served one out; the slot keeps its device, or goes, when that was the last.
  private boolean isLast(Key key, Slot slot, @Nullable Device known) {
    synchronized (slot) {
      slot.waiting.remove();
      if (!slot.waiting.isEmpty()) {
        return false;
      }
      if (known != null && !slot.isChanged) {
        slot.device = known;
      } else {
        slots.remove(key, slot); // the next message looks again
        slot.isGone = true;
      }
      return true;
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
      slots.values().removeIf(slot -> slot.isHitBy(id) && slot.leave());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
