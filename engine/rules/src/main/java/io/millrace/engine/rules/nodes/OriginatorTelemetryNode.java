package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import io.millrace.store.timeseries.Aggregation;
import io.millrace.store.timeseries.Order;
import io.millrace.store.timeseries.RangeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Adds a stretch of the originator's telemetry to the metadata.
final class OriginatorTelemetryNode implements RuleNode {
  private static final int POINTS_MAX = 1000;

  static final NodeType<Settings> TYPE =
      NodeType.enrichment("originator telemetry", Settings.class, OriginatorTelemetryNode::new)
          .summary("Adds telemetry of a stretch of time: the first, the last, or all points.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetTelemetryNode")
          .version(2, (_, given) -> given);

  enum Mode {
    FIRST,
    LAST,
    ALL
  }

  record Settings(
      @Doc("Keys to read; may hold patterns.") List<String> latestTsKeyNames,
      @Doc("Which points.") @Default("FIRST") Mode fetchMode,
      @Doc("Order of all points.") @Default("ASC") Order orderBy,
      @Doc("How all points become one.") @Default("NONE") Aggregation aggregation,
      @Doc("Most points, 2 to 1000.") @Default("1000") int limit,
      @Doc("Start of the stretch, so long ago.") @Default("2") long startInterval,
      @Doc("Unit of the start.") @Default("MINUTES") TimeUnit startIntervalTimeUnit,
      @Doc("End of the stretch, so long ago.") @Default("1") long endInterval,
      @Doc("Unit of the end.") @Default("MINUTES") TimeUnit endIntervalTimeUnit,
      @Doc("Take start and end from the patterns instead.") boolean useMetadataIntervalPatterns,
      @Doc("Start, in milliseconds since 1970.") String startIntervalPattern,
      @Doc("End, in milliseconds since 1970.") String endIntervalPattern) {}

  private final Settings settings;
  private final NodeSetup setup;

  OriginatorTelemetryNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    if (settings.latestTsKeyNames().isEmpty()) {
      throw new IllegalArgumentException("latestTsKeyNames is empty. Name at least one key.");
    }
    if (settings.fetchMode() == Mode.ALL
        && (settings.limit() < 2 || settings.limit() > POINTS_MAX)) {
      throw new IllegalArgumentException(
          "limit=%d; it must be 2 to %d.".formatted(settings.limit(), POINTS_MAX));
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    long from = start(message, context);
    long until = end(message, context);
    if (from > until) {
      return Outcome.failed(
          message, "The stretch starts at %d, after its end %d.".formatted(from, until));
    }
    var metadata = message.metadata().toBuilder();
    for (var pattern : settings.latestTsKeyNames()) {
      var key = Template.of(pattern).fill(message);
      var points = setup.timeseries().read(message.originator(), query(key, from, until));
      if (!points.isEmpty()) {
        metadata.put(key, text(points));
      }
    }
    return Outcome.success(message.withMetadata(metadata.build()));
  }

  private RangeQuery query(String key, long from, long until) {
    if (settings.fetchMode() != Mode.ALL) {
      return settings.fetchMode() == Mode.FIRST
          ? RangeQuery.oldest(key, from, until, 1)
          : RangeQuery.newest(key, from, until, 1);
    }
    return settings.aggregation() == Aggregation.NONE
        ? RangeQuery.points(key, from, until, settings.limit(), settings.orderBy())
        : RangeQuery.aggregated(
            key, from, until, settings.aggregation(), Math.max(1, until - from));
  }

  /// ThingsBoard: one value as JSON text, all of them as a list of {ts, value}.
  private String text(List<Point> points) {
    if (settings.fetchMode() != Mode.ALL) {
      return new JsonString(points.getFirst().value().asText()).toString();
    }
    var list = new ArrayList<JsonValue>();
    points.forEach(
        point ->
            list.add(
                JsonObject.builder().put("ts", point.ts()).put("value", point.value()).build()));
    return new JsonArray(list).toString();
  }

  private long start(RuleMessage message, NodeContext context) {
    return settings.useMetadataIntervalPatterns()
        ? time(settings.startIntervalPattern(), message)
        : context.now() - settings.startIntervalTimeUnit().toMillis(settings.startInterval());
  }

  private long end(RuleMessage message, NodeContext context) {
    return settings.useMetadataIntervalPatterns()
        ? time(settings.endIntervalPattern(), message)
        : context.now() - settings.endIntervalTimeUnit().toMillis(settings.endInterval());
  }

  private static long time(String pattern, RuleMessage message) {
    var text = Template.of(pattern).fill(message);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The pattern %s gives \"%s\", which is not a time in milliseconds."
              .formatted(pattern, text),
          e);
    }
  }
}
