package io.millrace.wire.admin;

import io.millrace.base.runtime.Counters;
import io.millrace.wire.admin.MetricText.Kind;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/// `/metrics`: every counter and gauge of the process in Prometheus' text format.
///
/// Names are listed in `docs/metrics.md`: `room.what` becomes `millrace_room_what`, with `_total`
/// when it only grows.
final class Metrics {
  private final Counters counters;
  private final String version;

  Metrics(Counters counters, String version) {
    this.counters = counters;
    this.version = version;
  }

  void answer(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", MetricText.CONTENT_TYPE)
        .putHeader("Cache-Control", "no-store")
        .end(text());
  }

  String text() {
    var text = new MetricText();
    text.family("millrace_info", Kind.GAUGE, "The running version; always 1.")
        .sample(Map.of("version", version), 1);
    counters
        .counts()
        .forEach(
            (name, value) ->
                text.one(
                    MetricText.name(name) + "_total", Kind.COUNTER, MetricHelp.of(name), value));
    counters
        .gauges()
        .forEach(
            (name, value) ->
                text.one(MetricText.name(name), Kind.GAUGE, MetricHelp.of(name), value));
    JvmMetrics.write(text);
    return text.toString();
  }
}
