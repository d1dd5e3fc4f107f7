package io.millrace.store.realtime;

import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A [RealtimeWrite] that was checked and read on its caller's thread, ready for the writer.
///
/// @param base the path the write named; of a push, the new child
/// @param parts the places to replace; no one is above another
record WritePlan(TreePath base, boolean isMerge, List<Part> parts, Optional<String> ifHash) {

  /// One place and what comes there.
  ///
  /// @param json kept only when the node depends on the time or on what stands there
  record Part(TreePath path, Node node, Optional<JsonValue> json) {}

  /// Checks and reads.
  ///
  /// @throws BadDataException when the write can never be taken
  static WritePlan of(RealtimeWrite write, Config limits, KeyPool keys, PushIds pushIds) {
    var reader = new Reading(limits, keys);
    return switch (write) {
      case RealtimeWrite.Put(var path, var value, var ifHash) ->
          new WritePlan(path, false, List.of(reader.part(path, value)), ifHash);
      case RealtimeWrite.Import(var path, var node, var ifHash) -> {
        new DataReader(limits, keys, 0).check(path);
        var part = new Part(path, node, Optional.empty());
        yield new WritePlan(path, false, List.of(part), ifHash);
      }
      case RealtimeWrite.Push(var path, var value) -> {
        var child = path.child(pushIds.next());
        yield new WritePlan(child, false, List.of(reader.part(child, value)), Optional.empty());
      }
      case RealtimeWrite.Patch patch ->
          new WritePlan(patch.path(), true, reader.parts(patch), Optional.empty());
    };
  }

  /// The node that `part` puts there now.
  static Node resolve(Part part, Node root, long nowMs, Config limits, KeyPool keys) {
    if (part.json.isEmpty()) {
      return part.node;
    }
    var reader = new DataReader(limits, keys, nowMs);
    return reader.read(part.path, part.json.get(), root.at(part.path));
  }

  /// The places that a guard decides about: an update of nothing still names one.
  List<TreePath> guarded() {
    return parts.isEmpty() ? List.of(base) : paths();
  }

  List<TreePath> paths() {
    return parts.stream().map(Part::path).toList();
  }

  private record Reading(Config limits, KeyPool keys) {

    Part part(TreePath path, JsonValue value) {
      var reader = new DataReader(limits, keys, 0);
      reader.check(path);
      var node = reader.read(path, value, Branch.EMPTY);
      return new Part(path, node, reader.metServerValue() ? Optional.of(value) : Optional.empty());
    }

    List<Part> parts(RealtimeWrite.Patch patch) {
      var parts = new ArrayList<Part>(patch.values().size());
      patch.values().forEach((name, value) -> parts.add(part(patch.path(), name, value)));
      checkDisjoint(parts);
      return parts;
    }

    private Part part(TreePath base, String name, JsonValue value) {
      var below = TreePath.parse(name);
      if (below.isRoot()) {
        throw BadDataException.badNames();
      }
      for (var key : below.keys()) {
        if (ChildKey.isMalformed(key) && !key.equals(Node.PRIORITY)) {
          throw BadDataException.badNames();
        }
      }
      return part(base.append(below), value);
    }

    private static void checkDisjoint(List<Part> parts) {
      if (parts.size() < 2) {
        return;
      }
      var sorted = new ArrayList<>(parts.stream().map(Part::path).toList());
      sorted.sort(WritePlan::compare);
      for (int i = 1; i < sorted.size(); i++) {
        if (sorted.get(i).startsWith(sorted.get(i - 1))) {
          throw BadDataException.path(
              "%s is at or below %s, which the same update writes"
                  .formatted(sorted.get(i), sorted.get(i - 1)));
        }
      }
    }
  }

  /// Puts a path right before all that is below it.
  private static int compare(TreePath a, TreePath b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.key(i).compareTo(b.key(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
