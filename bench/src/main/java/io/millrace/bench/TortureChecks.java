package io.millrace.bench;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.messages.Config;
import io.millrace.store.messages.MessageLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must hold whenever Millrace has been started again.
final class TortureChecks {
  private static final int PAGE = 50_000;
  private static final long CACHE_BYTES = 32L << 20;
  private static final Config LOG =
      new Config(
          true, List.of(), Duration.ofDays(7), 1L << 30, 1L << 20, 1L << 20, Duration.ofMillis(20));

  private final TortureServer server;
  private final Map<TortureSender, Long> checked = new HashMap<>();

  TortureChecks(TortureServer server) {
    this.server = server;
  }

  /// Everything since the last check: acknowledged is stored, stored was sent, each once; latest is
  /// newest; alarms agree with the newest message; the attribute is not older than acknowledged.
  void check(TortureSender sender) throws IOException, InterruptedException {
    long sent = sender.sent();
    var acknowledged = sender.acknowledged();
    JsonObject newest = null;
    long begin = checked.getOrDefault(sender, 0L);
    for (long from = begin; from < sent; from += PAGE) {
      var last = page(sender, acknowledged, from, Math.min(from + PAGE, sent));
      newest = last == null ? newest : last;
    }
    if (newest != null) {
      checkLatest(sender, number(newest, "value"));
      checkAlarm(sender);
    }
    checkAttribute(sender);
    checked.put(sender, sent);
  }

  private @org.jspecify.annotations.Nullable JsonObject page(
      TortureSender sender, BitSet acknowledged, long from, long until)
      throws IOException, InterruptedException {
    var found = new BitSet();
    JsonObject newest = null;
    for (var each : points(sender, "n", from, until)) {
      newest = (JsonObject) each;
      long ts = number(newest, "ts");
      long n = number(newest, "value");
      if (n != ts - TortureSender.FIRST_TS || found.get((int) n)) {
        throw wrong(sender, "at %d there is %d, or it is there twice".formatted(ts, n));
      }
      found.set((int) n);
    }
    for (int n = acknowledged.nextSetBit((int) from);
        n >= 0 && n < until;
        n = acknowledged.nextSetBit(n + 1)) {
      if (!found.get(n)) {
        throw wrong(sender, "message %d was acknowledged and is not stored".formatted(n));
      }
    }
    return newest;
  }

  private List<JsonValue> points(TortureSender sender, String key, long from, long until)
      throws IOException, InterruptedException {
    var page =
        (JsonObject)
            server.send(
                values(sender)
                    + "?keys=%s&useStrictDataTypes=true&orderBy=ASC&startTs=%d&endTs=%d&limit=%d"
                        .formatted(
                            key,
                            TortureSender.FIRST_TS + from,
                            TortureSender.FIRST_TS + until,
                            PAGE + 1),
                null);
    return page.get(key) instanceof JsonArray points ? points.values() : List.of();
  }

  private void checkLatest(TortureSender sender, long newest)
      throws IOException, InterruptedException {
    long latest = latest(sender, "n");
    if (latest != newest) {
      throw wrong(
          sender, "the newest message is %d, the latest value %d".formatted(newest, latest));
    }
  }

  private long latest(TortureSender sender, String key) throws IOException, InterruptedException {
    var latest =
        (JsonObject)
            server.send(values(sender) + "?keys=" + key + "&useStrictDataTypes=true", null);
    return latest.get(key) instanceof JsonArray points
        ? number((JsonObject) points.get(0), "value")
        : -1;
  }

  private void checkAlarm(TortureSender sender) throws IOException, InterruptedException {
    var page =
        (JsonObject)
            server.send(
                "/api/alarm/DEVICE/%s?searchStatus=ACTIVE&pageSize=10&page=0"
                    .formatted(sender.id()),
                null);
    int active = page.get("data") instanceof JsonArray data ? data.values().size() : -1;
    long temperature = latest(sender, "temperature");
    if (active != (temperature > TortureSender.ALARM_ABOVE ? 1 : 0)) {
      throw wrong(
          sender,
          "%d active alarms, and its newest temperature is %d".formatted(active, temperature));
    }
  }

  private void checkAttribute(TortureSender sender) throws IOException, InterruptedException {
    var all =
        (JsonArray)
            server.send(
                "/api/plugins/telemetry/DEVICE/%s/values/attributes/CLIENT_SCOPE?keys=seen"
                    .formatted(sender.id()),
                null);
    long seen = all.values().isEmpty() ? -1 : number((JsonObject) all.get(0), "value");
    if (seen < sender.attribute() || seen >= Math.max(1, sender.sent())) {
      throw wrong(
          sender,
          "attribute %d was acknowledged, %d is stored".formatted(sender.attribute(), seen));
    }
  }

  /// Reads the message log of a stopped Millrace: what was acknowledged took effect once.
  static void checkLog(Path data, EntityId tenant, List<TortureSender> senders) throws IOException {
    var seen = new HashMap<EntityId, BitSet>();
    try (var scheduler = new SystemScheduler();
        var commits = CommitStore.open(data, CACHE_BYTES);
        var log = MessageLog.open(commits, LOG, Clock.SYSTEM, scheduler, new Counters())) {
      log.eachMessage(
          tenant,
          0,
          Long.MAX_VALUE,
          message -> {
            if (message.body() instanceof JsonObject body
                && body.get("n") instanceof JsonLong(long n)) {
              var found = seen.computeIfAbsent(message.originator(), _ -> new BitSet());
              if (found.get((int) n)) {
                throw new IllegalStateException(
                    "Message %d of %s was taken twice".formatted(n, message.originator()));
              }
              found.set((int) n);
            }
            return true;
          });
    }
    for (var sender : senders) {
      var missing = sender.acknowledged();
      missing.andNot(seen.getOrDefault(EntityId.of(EntityType.DEVICE, sender.id()), new BitSet()));
      if (!missing.isEmpty()) {
        throw wrong(
            sender,
            "message %d was acknowledged and is not in the log".formatted(missing.nextSetBit(0)));
      }
    }
  }

  private static IllegalStateException wrong(TortureSender sender, String what) {
    return new IllegalStateException(sender.name + ": " + what);
  }

  private static String values(TortureSender sender) {
    return "/api/plugins/telemetry/DEVICE/" + sender.id() + "/values/timeseries";
  }

  private static long number(JsonObject json, String name) {
    return switch (json.get(name)) {
      case JsonLong(long number) -> number;
      case JsonString(var text) -> Long.parseLong(text);
      case null, default -> throw new IllegalStateException("No " + name + " in " + json);
    };
  }
}
