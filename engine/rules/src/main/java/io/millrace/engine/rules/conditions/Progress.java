package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the rules of one alarm of one originator have come; kept between messages.
final class Progress {
  private static final double HOUR_MS = 3_600_000;
  private final List<Rule> rules = new ArrayList<>();
  private long clearedAt;
  private long lastSeen;
  private long wakeAt;
  private double flaps;
  private long flapsAt;

  private Progress() {}

  /// One rule's part.
  static final class Rule {
    private long count;
    private long lastTs; // 0: the condition does not hold
    private long lastSeen;
    private long lastedMs;

    void reset() {
      count = 0;
      lastTs = 0;
      lastSeen = 0;
      lastedMs = 0;
    }

    boolean isRunning() {
      return lastTs > 0 || count > 0;
    }

    long counted() {
      return ++count;
    }

    long count() {
      return count;
    }

    /// The condition holds for values of that time.
    long seen(long ts, long now) {
      if (lastTs > 0 && ts > lastTs) {
        lastedMs += ts - lastTs;
      }
      lastTs = Math.max(ts, lastTs);
      lastSeen = now;
      return lastedMs;
    }

    /// How long it has held, counting the time since values came last.
    long lasted(long now) {
      return lastedMs + Math.max(now - lastSeen, 0);
    }
  }

  /// @param rules how many there are; the stored ones are taken as far as they go
  static Progress read(@Nullable JsonValue stored, int rules) {
    var progress = new Progress();
    var json = stored instanceof JsonObject object ? object : JsonObject.EMPTY;
    progress.clearedAt = number(json, "off");
    progress.lastSeen = number(json, "seen");
    progress.wakeAt = number(json, "wake");
    progress.flaps = json.get("flaps") instanceof JsonDouble(double score) ? score : 0;
    progress.flapsAt = number(json, "flapsAt");
    for (int i = 0; i < rules; i++) {
      var rule = new Rule();
      if (json.get("r" + i) instanceof JsonObject one) {
        rule.count = number(one, "n");
        rule.lastTs = number(one, "ts");
        rule.lastSeen = number(one, "at");
        rule.lastedMs = number(one, "ms");
      }
      progress.rules.add(rule);
    }
    return progress;
  }

  JsonObject toJson() {
    var json = JsonObject.builder();
    put(json, "off", clearedAt);
    put(json, "seen", lastSeen);
    put(json, "wake", wakeAt);
    put(json, "flapsAt", flapsAt);
    if (flaps > 0) {
      json.put("flaps", new JsonDouble(flaps));
    }
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      if (rule.isRunning()) {
        var one = JsonObject.builder();
        put(one, "n", rule.count);
        put(one, "ts", rule.lastTs);
        put(one, "at", rule.lastSeen);
        put(one, "ms", rule.lastedMs);
        json.put("r" + i, one.build());
      }
    }
    return json.build();
  }

  Rule rule(int index) {
    return rules.get(index);
  }

  void resetRules() {
    rules.forEach(Rule::reset);
  }

  long clearedAt() {
    return clearedAt;
  }

  void cleared(long now) {
    clearedAt = now;
    flapped(now);
  }

  void raised(long now) {
    flapped(now);
  }

  long lastSeen() {
    return lastSeen;
  }

  void seen(long now) {
    lastSeen = now;
  }

  /// The time of the timer that is set; 0 for none.
  long wakeAt() {
    return wakeAt;
  }

  void wakeAt(long at) {
    wakeAt = at;
  }

  /// How often it came or went, what lies back an hour counting about a third.
  double flaps(long now) {
    return flaps * Math.exp(-(now - flapsAt) / HOUR_MS);
  }

  private void flapped(long now) {
    flaps = flaps(now) + 0.5; // coming and going is one
    flapsAt = now;
  }

  private static void put(JsonObject.Builder json, String name, long value) {
    if (value != 0) {
      json.put(name, value);
    }
  }

  private static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonLong(long value) ? value : 0;
  }
}
