package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.store.entities.Device;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.ChangeListener;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The mirror in one database.
final class MirrorOf {
  /// What somebody wrote at the shared attributes of a device.
  record Written(UUID tenant, String device, JsonObject saved, List<String> deleted) {}

  private final Database database;
  private final List<MirrorRule> rules;
  private final List<Database.Listening> listenings = new ArrayList<>();
  private final Map<TreePath, JsonValue> places = new LinkedHashMap<>(); // the mirror's thread

  MirrorOf(Database database, List<MirrorRule> rules, Consumer<Written> written) {
    this.database = database;
    this.rules = rules;
    for (var rule : rules) {
      if (rule.isBothWays()) {
        listenings.add(database.listen(rule.above(), new Watching(rule, written)));
      }
    }
  }

  void stop() {
    listenings.forEach(Database.Listening::stop);
  }

  void begin() {
    places.clear();
  }

  void latest(Device device, String key, JsonValue value) {
    for (var rule : rules) {
      if (rule.isFor(device) && !rule.latest().isRoot()) {
        place(rule.latest(device).child(MirrorRule.key(key)), value);
      }
    }
  }

  void attribute(Device device, AttributeScope scope, String key, JsonValue value) {
    for (var rule : rules) {
      if (rule.isFor(device)) {
        rule.attributes(device, scope)
            .ifPresent(path -> place(path.child(MirrorRule.key(key)), value));
      }
    }
  }

  private void place(TreePath path, JsonValue value) {
    var stored = encoded(value);
    if (!Mirror.holds(database, path, stored)) {
      places.put(path, stored);
    }
  }

  /// With names that may be keys.
  private static JsonValue encoded(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        var encoded = JsonObject.builder();
        object.forEach((name, member) -> encoded.put(MirrorRule.key(name), encoded(member)));
        yield encoded.build();
      }
      case JsonArray array ->
          new JsonArray(array.values().stream().map(MirrorOf::encoded).toList());
      default -> value;
    };
  }

  void write() {
    Mirror.write(database, places);
    places.clear();
  }

  /// Hears what others write.
  private record Watching(MirrorRule rule, Consumer<Written> written) implements ChangeListener {
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
      var saved = JsonObject.builder();
      var deleted = new ArrayList<String>();
      for (var key : keys) {
        var now = after.child(key);
        if (now.isEmpty() && !before.child(key).isEmpty()) {
          deleted.add(MirrorRule.name(key));
        } else if (!now.equals(before.child(key))) {
          saved.put(MirrorRule.name(key), now.toJson());
        }
      }
      var all = saved.build();
      if (!all.isEmpty() || !deleted.isEmpty()) {
        var tenant = rule.tenant().orElseThrow();
        written.accept(new Written(tenant, MirrorRule.name(deviceKey), all, deleted));
      }
    }
  }
}
