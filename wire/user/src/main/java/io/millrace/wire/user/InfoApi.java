package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.runtime.Counters;
import java.util.function.Supplier;

/// What this process is and how it does.
final class InfoApi {
  private final Supplier<PlatformInfo> info;
  private final Counters counters;

  InfoApi(Supplier<PlatformInfo> info, Counters counters) {
    this.info = info;
    this.counters = counters;
  }

  void routes(RouteTable table) {
    table.openGet(
        "/api/millrace/info",
        "What a client may know before it signs in.",
        _ -> Reply.of(info.get().toJson()));
    table.openGet(
        "/health",
        "Answers while the process serves.",
        _ -> Reply.of(JsonObject.of("status", new JsonString("UP"))));
    table.get(
        "/api/millrace/counters",
        RouteTable.ADMINISTRATORS,
        "All counts and gauges of the process.",
        _ -> Reply.of(counters()));
  }

  private JsonObject counters() {
    var json = JsonObject.builder();
    counters.snapshot().forEach(json::put);
    return json.build();
  }
}
