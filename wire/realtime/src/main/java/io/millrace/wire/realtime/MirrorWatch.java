package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.ChangeListener;
import io.millrace.store.realtime.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Hears what others write at the shared attributes of devices.
///
/// @param underWay what was written and the platform has yet to take over
record MirrorWatch(MirrorRule rule, UnderWay underWay, Consumer<Written> written)
    implements ChangeListener {

  /// What somebody wrote at the shared attributes of a device.
  ///
  /// @param taken to be called when the platform has it, durably
  record Written(
      UUID tenant, String device, JsonObject saved, List<String> deleted, Runnable taken) {}

  @Override
  public void started(Node root) {
    // what stands there is the platform's: the mirror has just been brought in step
  }

  @Override
  public void changed(Change change) {
    if (!change.by().equals(Mirror.WRITER)) {
      devices(change).forEach(device -> tell(device, change));
    }
  }

  private Set<String> devices(Change change) {
    Set<String> devices = new LinkedHashSet<>();
    int depth = rule.above().size();
    for (var path : change.paths()) {
      if (path.size() > depth) {
        devices.add(path.key(depth));
      } else {
        children(change.before().at(rule.above()), devices);
        children(change.after().at(rule.above()), devices);
      }
    }
    return devices;
  }

  private static void children(Node node, Set<String> keys) {
    if (node instanceof Branch branch) {
      branch.forEach(child -> keys.add(child.key()));
    }
  }

  private void tell(String deviceKey, Change change) {
    var path = rule.shared(deviceKey);
    var before = change.before().at(path);
    var after = change.after().at(path);
    Set<String> keys = new LinkedHashSet<>();
    children(before, keys);
    children(after, keys);
    keys.removeIf(key -> before.child(key).equals(after.child(key)));
    var saved = JsonObject.builder();
    var deleted = new ArrayList<String>();
    for (var key : keys) {
      var now = after.child(key);
      if (now.isEmpty()) {
        deleted.add(MirrorRule.name(key));
      } else {
        saved.put(MirrorRule.name(key), now.toJson());
      }
    }
    var all = saved.build();
    if (!all.isEmpty() || !deleted.isEmpty()) {
      var places = keys.stream().map(path::child).toList();
      underWay.began(places);
      var tenant = rule.tenant().orElseThrow();
      written.accept(
          new Written(
              tenant, MirrorRule.name(deviceKey), all, deleted, () -> underWay.ended(places)));
    }
  }
}
