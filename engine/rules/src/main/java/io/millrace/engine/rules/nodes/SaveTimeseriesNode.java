package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.ValueChange;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.ArrayList;
import java.util.List;

/// Saves the body's values as telemetry of the originator.
///
/// The body is `{key: value, …}`, `{"ts": …, "values": {…}}`, or a list of either.
final class SaveTimeseriesNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("save time series", Settings.class, SaveTimeseriesNode::new)
          .summary("Saves the message's values as telemetry of its originator.")
          .alias("org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode")
          .version(1, (_, configuration) -> configuration);

  record Settings(
      @Doc("Seconds that values are kept, 0 for the tenant's own rule. Kept, not yet applied.")
          long defaultTTL,
      @Doc("Use the time of saving instead of the message's.") boolean useServerTs,
      @Doc("Which messages are saved.") ProcessingSettings processingSettings) {}

  private final Settings settings;
  private final NodeSetup setup;
  private final TimeseriesStore timeseries;

  SaveTimeseriesNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.timeseries = setup.timeseries();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!MessageType.POST_TELEMETRY_REQUEST.is(message)) {
      return Outcome.failed(message, wrongType(message));
    }
    long ts = settings.useServerTs() ? context.now() : MessageTime.of(message);
    if (!settings.processingSettings().takes(message, ts, setup.states(), context)) {
      return Outcome.success(message);
    }
    var points = points(message.body(), ts);
    if (points.isEmpty()) {
      return Outcome.failed(
          message, "The body %s holds no values to save.".formatted(message.body()));
    }
    var processing = settings.processingSettings();
    if (processing.isSaving()) {
      timeseries.save(context.commit(), message.originator(), points);
    }
    if (processing.isTold(message, ts, setup.states(), context)) {
      context.told(
          message, new ValueChange.Telemetry(message.originator(), points, processing.isSaving()));
    }
    return Outcome.success(message);
  }

  static List<Point> points(JsonValue body, long ts) {
    var points = new ArrayList<Point>();
    switch (body) {
      case JsonObject row -> add(row, ts, points);
      case JsonArray rows -> rows.values().forEach(row -> add(row, ts, points));
      default -> throw wrongBody(body);
    }
    return points;
  }

  private static void add(JsonValue value, long ts, List<Point> points) {
    if (!(value instanceof JsonObject row)) {
      throw wrongBody(value);
    }
    if (row.get("ts") instanceof JsonLong(long own)
        && row.get("values") instanceof JsonObject values) {
      KeyValues.each(values, (key, each) -> points.add(new Point(key, own, each)));
    } else {
      KeyValues.each(row, (key, each) -> points.add(new Point(key, ts, each)));
    }
  }

  private static IllegalArgumentException wrongBody(JsonValue body) {
    return new IllegalArgumentException(
        "%s is not a set of values; the body must be an object or a list of objects."
            .formatted(body));
  }

  private static String wrongType(RuleMessage message) {
    return "The message type is %s; only POST_TELEMETRY_REQUEST is saved as time series. Change the type in a script transformation, or connect another label."
        .formatted(message.type());
  }
}
