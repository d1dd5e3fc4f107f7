package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.runtime.Counters;
import io.millrace.store.timeseries.StorageStatus;
import io.millrace.wire.http.HttpError;
import java.util.Optional;
import java.util.function.Supplier;

/// What this process is and how it does.
final class InfoApi {
  private static final long SLOW_SYNC_MS = 1_000;

  private final Supplier<PlatformInfo> info;
  private final Supplier<Optional<String>> trouble;
  private final Supplier<Optional<StorageStatus>> storage;
  private final Counters counters;

  InfoApi(
      Supplier<PlatformInfo> info,
      Supplier<Optional<String>> trouble,
      Supplier<Optional<StorageStatus>> storage,
      Counters counters) {
    this.info = info;
    this.trouble = trouble;
    this.storage = storage;
    this.counters = counters;
  }

  void routes(RouteTable table) {
    table.openGet(
        "/api/millrace/info",
        "What a client may know before it signs in.",
        _ -> Reply.of(info.get().toJson()));
    table.openGet(
        "/health",
        "UP while the process takes messages, and Kafka's state; 503 with what is wrong while it"
            + " cannot store any.",
        _ -> health());
    table.get(
        "/api/millrace/storage",
        RouteTable.ADMINISTRATORS,
        "How much disk is used, how many days it lasts, and why nothing can be stored, if so.",
        _ -> Reply.of(storage()));
    table.get(
        "/api/millrace/counters",
        RouteTable.ADMINISTRATORS,
        "All counts and gauges of the process.",
        _ -> Reply.of(counters()));
  }

  private Reply health() {
    var wrong = trouble.get();
    if (wrong.isPresent()) {
      throw HttpError.unavailable(wrong.get());
    }
    var kafka = info.get().kafka().state(); // away, it stops nothing else: no reason for 503
    var health = JsonObject.builder().put("status", "UP").put("kafka", kafka);
    var syncMs = counters.gauges().get("store.sync_ms");
    if (syncMs != null) {
      health.put("disk", syncMs > SLOW_SYNC_MS ? "SLOW" : "UP").put("diskSyncMs", syncMs);
    }
    storage.get().ifPresent(status -> health.put("storage", json(status)));
    return Reply.of(health.build());
  }

  private JsonObject storage() {
    var json = storage.get().map(InfoApi::json).orElse(JsonObject.EMPTY);
    return trouble.get().map(why -> json.with("trouble", new JsonString(why))).orElse(json);
  }

  private static JsonObject json(StorageStatus status) {
    var json =
        JsonObject.builder()
            .put("usedBytes", status.usedBytes())
            .put("budgetBytes", status.budgetBytes())
            .put("freeBytes", status.freeBytes())
            .put("bytesPerDay", status.bytesPerDay())
            .put("daysDropped", status.daysDropped());
    status.daysLeft().ifPresent(days -> json.put("daysLeft", days));
    status.oldestTs().ifPresent(ts -> json.put("oldestTs", ts));
    return json.build();
  }

  private JsonObject counters() {
    var json = JsonObject.builder();
    counters.snapshot().forEach(json::put);
    return json.build();
  }
}
