package io.millrace.store.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How many children a list keeps, or how old they may become, so that it does not grow for ever.
///
/// @param pattern keys from the root down; one that begins with `$` stands for any
/// @param last most children, the last in key order stay; 0 for any number
/// @param maxAgeMs of children whose keys say when they were made: push ids, and milliseconds since
///     1970; 0 for any age
public record KeepRule(TreePath pattern, int last, long maxAgeMs) {
  private static final int RULES_MAX = 1_000;

  public KeepRule {
    if (pattern.isRoot() || (last <= 0 && maxAgeMs <= 0) || last < 0 || maxAgeMs < 0) {
      throw new IllegalArgumentException(
          "A keep rule needs a path below the root, and last or maxAgeSeconds above 0");
    }
  }

  /// Reads `[{"path": "/log/$device", "last": 1000, "maxAgeSeconds": 86400}, …]`.
  ///
  /// @throws IllegalArgumentException when it is none, in words for a person
  public static List<KeepRule> parse(String json) {
    try {
      if (Json.parse(json) instanceof JsonArray items && items.size() <= RULES_MAX) {
        var rules = new ArrayList<KeepRule>();
        for (var item : items.values()) {
          rules.add(of(item instanceof JsonObject object ? object : JsonObject.EMPTY));
        }
        return List.copyOf(rules);
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("Keep rules are a JSON array: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("Keep rules are a JSON array of at most " + RULES_MAX);
  }

  private static KeepRule of(JsonObject rule) {
    long seconds = number(rule, "maxAgeSeconds");
    return new KeepRule(
        TreePath.parse(rule.text("path", "")),
        Math.clamp(number(rule, "last"), -1, Integer.MAX_VALUE),
        seconds < 0 ? -1 : Duration.ofSeconds(Math.min(seconds, 1L << 40)).toMillis());
  }

  private static long number(JsonObject rule, String name) {
    return rule.get(name) instanceof JsonLong(var number) ? number : 0;
  }

  /// The lists of this rule that a write at `written` may have made longer, or replaced.
  ///
  /// @param most of the lists below `written`; more are looked at when something is written to them
  List<TreePath> lists(TreePath written, Node root, int most) {
    int known = Math.min(written.size(), pattern.size());
    for (int i = 0; i < known; i++) {
      if (!isWildcard(i) && !pattern.key(i).equals(written.key(i))) {
        return List.of();
      }
    }
    var lists = List.of(written.above(known));
    for (int i = known; i < pattern.size(); i++) {
      lists = below(lists, i, root, most);
    }
    return lists;
  }

  private boolean isWildcard(int i) {
    return pattern.key(i).startsWith("$");
  }

  private List<TreePath> below(List<TreePath> places, int i, Node root, int most) {
    if (!isWildcard(i)) {
      return places.stream().map(place -> place.child(pattern.key(i))).toList();
    }
    var below = new ArrayList<TreePath>();
    for (var place : places) {
      if (root.at(place) instanceof Branch branch) {
        for (var child : branch) {
          if (below.size() == most) {
            return below;
          }
          below.add(place.child(child.key()));
        }
      }
    }
    return below;
  }

  /// The keys that have to go.
  List<String> surplus(Branch list, long nowMs, int most) {
    var gone = new ArrayList<String>();
    int tooMany = last > 0 ? list.size() - last : 0;
    for (var child : list) {
      boolean isOld = maxAgeMs > 0 && isOlder(child.key(), nowMs - maxAgeMs);
      if (gone.size() >= most || (gone.size() >= tooMany && !isOld)) {
        return gone;
      }
      gone.add(child.key());
    }
    return gone;
  }

  private static boolean isOlder(String key, long beforeMs) {
    var madeMs = PushIds.millis(key);
    return madeMs.isPresent() && madeMs.getAsLong() < beforeMs;
  }
}
