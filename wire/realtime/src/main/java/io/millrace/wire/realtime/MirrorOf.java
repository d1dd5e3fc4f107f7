package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.store.entities.Device;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The mirror in one database.
final class MirrorOf {
  private final Database database;
  private final List<MirrorRule> rules;
  private final List<Database.Listening> listenings = new ArrayList<>();
  private final Map<TreePath, JsonValue> places = new LinkedHashMap<>(); // the mirror's thread
  private final Map<TreePath, JsonValue> shared = new LinkedHashMap<>(); // others write there too
  private final UnderWay underWay = new UnderWay();

  MirrorOf(Database database, List<MirrorRule> rules, Consumer<MirrorWatch.Written> written) {
    this.database = database;
    this.rules = rules;
    for (var rule : rules) {
      if (rule.isBothWays()) {
        listenings.add(database.listen(rule.above(), new MirrorWatch(rule, underWay, written)));
      }
    }
  }

  void stop() {
    listenings.forEach(Database.Listening::stop);
  }

  void begin() {
    places.clear();
    shared.clear();
  }

  /// Gives the platform what a crash kept from it.
  void repair(MirrorRepair repair) {
    rules.stream().filter(MirrorRule::isBothWays).forEach(rule -> repair.repair(database, rule));
  }

  /// Who last wrote what stands at each rule's places.
  List<Left> left() {
    return rules.stream().map(rule -> new Left(database, rule)).toList();
  }

  /// What the mirror may have left in the tree though the platform has it no longer.
  static final class Left {
    private final Database database;
    private final MirrorRule rule;
    private final LastWrites latest;
    private final LastWrites attributes;

    private Left(Database database, MirrorRule rule) {
      this.database = database;
      this.rule = rule;
      this.latest = LastWrites.of(database, rule.latest());
      this.attributes = LastWrites.of(database, rule.attributes());
    }

    /// Names of what the mirror wrote last and still stands there.
    Set<String> names(Device device, Optional<AttributeScope> scope) {
      Set<String> names = new LinkedHashSet<>();
      rule.place(device, scope)
          .ifPresent(
              place -> {
                if (database.root().at(place) instanceof Branch branch) {
                  var last = scope.isPresent() ? attributes : latest;
                  for (var child : branch) {
                    if (last.isByMirror(place.child(child.key()))) {
                      names.add(MirrorRule.name(child.key()));
                    }
                  }
                }
              });
      return names;
    }
  }

  void latest(Device device, String key, JsonValue value) {
    for (var rule : rules) {
      if (rule.isFor(device) && !rule.latest().isRoot()) {
        place(rule.latest(device).child(MirrorRule.key(key)), value, places);
      }
    }
  }

  void attribute(Device device, AttributeScope scope, String key, JsonValue value) {
    for (var rule : rules) {
      if (rule.isFor(device)) {
        boolean isOthersToo = rule.isBothWays() && scope == AttributeScope.SHARED_SCOPE;
        rule.attributes(device, scope)
            .ifPresent(
                path ->
                    place(path.child(MirrorRule.key(key)), value, isOthersToo ? shared : places));
      }
    }
  }

  private void place(TreePath path, JsonValue value, Map<TreePath, JsonValue> into) {
    var stored = encoded(value);
    if (!Mirror.holds(database.root(), path, stored)) {
      into.put(path, stored);
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
    var asked = new ArrayList<CompletableFuture<WriteResult>>();
    shared.forEach((path, value) -> asked.add(writeShared(path, value)));
    Mirror.write(database, places);
    asked.forEach(CompletableFuture::join);
    begin();
  }

  /// Only where nobody else has written something that the platform has yet to hear of: that is
  /// newer, and is looked at again when it has been taken over.
  private CompletableFuture<WriteResult> writeShared(TreePath path, JsonValue value) {
    var seen = database.root().at(path);
    return database.write(
        RealtimeWrite.put(path, value),
        (before, _, _, _) -> !underWay.contains(path) && before.at(path).equals(seen),
        WriteAddition.NONE,
        Mirror.WRITER);
  }
}
