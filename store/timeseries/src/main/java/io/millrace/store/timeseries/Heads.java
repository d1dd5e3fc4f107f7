package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The epoch that takes new points, and the one before it while that is being sealed. Any thread.
final class Heads {
  private volatile Layers layers;

  private record Layers(@Nullable Epoch frozen, Epoch current) {}

  Heads(Epoch current) {
    layers = new Layers(null, current);
  }

  /// The current epoch, entered: the caller leaves it when its commit is settled.
  Epoch enter() {
    while (true) {
      var epoch = layers.current;
      if (epoch.enter()) {
        return epoch;
      }
    }
  }

  Epoch current() {
    return layers.current;
  }

  /// What is in memory of an entity, oldest first. Take this before reading blocks: points go
  /// from here to there.
  List<EntityHead> of(EntityId entity) {
    var now = layers;
    var heads = new ArrayList<EntityHead>(2);
    addTo(heads, now.frozen, entity);
    addTo(heads, now.current, entity);
    return heads;
  }

  /// The epoch to seal: the frozen one if it was not sealed yet, else the current one, which a
  /// new one replaces. Only the sealer calls this.
  Epoch toSeal() {
    var now = layers;
    if (now.frozen != null) {
      return now.frozen;
    }
    layers = new Layers(now.current, new Epoch(now.current.number + 1));
    return now.current;
  }

  /// The frozen epoch is in blocks now. Only the sealer calls this.
  void sealed() {
    layers = new Layers(null, layers.current);
  }

  private static void addTo(List<EntityHead> heads, @Nullable Epoch epoch, EntityId entity) {
    var head = epoch == null ? null : epoch.find(entity);
    if (head != null) {
      heads.add(head);
    }
  }
}
