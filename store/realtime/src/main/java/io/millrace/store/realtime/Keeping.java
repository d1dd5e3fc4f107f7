package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Watches over lists with a [KeepRule]: which of their children a group of writes makes too many.
///
/// What is too much goes by writes of its own, so listeners hear of it; several at once, so that a
/// full list does not cost every write a second one.
final class Keeping {
  private static final int SLACK_MAX = 100;
  private static final int LISTS_MAX = 1_000; // below one write
  private static final int GONE_MAX = 1_000; // in one write; the next group takes the rest
  private volatile List<KeepRule> rules = List.of();

  void use(List<KeepRule> changed) {
    rules = List.copyOf(changed);
  }

  boolean isIdle() {
    return rules.isEmpty();
  }

  /// The deletes that follow from writes at `paths`.
  List<RealtimeWrite> deletes(Node root, Iterable<TreePath> paths, long nowMs) {
    Set<RealtimeWrite> deletes = new LinkedHashSet<>();
    for (var rule : rules) {
      Set<TreePath> lists = new LinkedHashSet<>();
      for (var path : paths) {
        lists.addAll(rule.lists(path, root, LISTS_MAX));
      }
      lists.forEach(list -> delete(rule, list, root, nowMs).ifPresent(deletes::add));
    }
    return List.copyOf(deletes);
  }

  private static Optional<RealtimeWrite> delete(
      KeepRule rule, TreePath place, Node root, long nowMs) {
    if (!(root.at(place) instanceof Branch list)) {
      return Optional.empty();
    }
    int slack = Math.min(SLACK_MAX, rule.last() / 10);
    boolean isFull = rule.last() > 0 && list.size() > rule.last() + slack;
    if (!isFull && rule.maxAgeMs() == 0) {
      return Optional.empty();
    }
    var gone = rule.surplus(list, nowMs, GONE_MAX);
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    var values = JsonObject.builder();
    gone.forEach(key -> values.put(key, JsonNull.NULL));
    return Optional.of(RealtimeWrite.patch(place, values.build()));
  }
}
