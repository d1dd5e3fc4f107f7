package io.millrace.wire.realtime;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// What SDKs report of themselves with `s`, added up by database since the start.
///
/// For the most part that is which SDK in which version connected how often. Any thread.
final class SdkStatistics {
  private static final int NAMES_MAX = 200;
  private static final int NAME_LENGTH_MAX = 100;
  private static final String OTHERS = "others";

  private static final int DATABASES_MAX = 10_000;

  private final Map<String, Map<String, LongAdder>> databases = new ConcurrentHashMap<>();

  /// The counters of one database.
  Of of(String database) {
    var known = databases.get(database);
    if (known == null && databases.size() >= DATABASES_MAX) {
      return new Of(new ConcurrentSkipListMap<>()); // counted for the session alone
    }
    return new Of(databases.computeIfAbsent(database, _ -> new ConcurrentSkipListMap<>()));
  }

  /// Counters by the names that SDKs gave them; what is beyond 200 names counts as `others`.
  record Of(Map<String, LongAdder> counters) {
    /// @param body `{"c": {name: how many more}}`; what is none is left out
    void add(JsonObject body) {
      if (body.get("c") instanceof JsonObject reported) {
        reported.forEach(
            (name, more) -> {
              if (more instanceof JsonLong(long count) && count > 0) {
                counter(name).add(count);
              }
            });
      }
    }

    private LongAdder counter(String name) {
      var known = counters.get(name);
      if (known != null) {
        return known;
      }
      boolean isTooMuch = counters.size() >= NAMES_MAX || name.length() > NAME_LENGTH_MAX;
      return counters.computeIfAbsent(isTooMuch ? OTHERS : name, _ -> new LongAdder());
    }

    JsonObject shown() {
      var all = JsonObject.builder();
      counters.forEach((name, count) -> all.put(name, count.sum()));
      return all.build();
    }
  }
}
