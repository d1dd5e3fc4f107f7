package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.concurrent.atomic.LongAdder;

/// Counts messages and sends the count on, as telemetry of the tenant, once per interval.
///
/// The count of the interval under way is in memory only, as ThingsBoard's.
final class MessageCountNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("message count", Settings.class, MessageCountNode::new)
          .summary("Sends on how many messages came in each interval; the messages end here.")
          .alias("org.thingsboard.rule.engine.action.TbMsgCountNode");

  record Settings(
      @Doc("Length of the interval, in seconds.") @Default("1") long interval,
      @Doc("Begin of the telemetry key.") @Default("messageCount") String telemetryPrefix) {}

  private final Settings settings;
  private final SelfStart start;
  private final LongAdder count = new LongAdder();

  MessageCountNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.start = new SelfStart(setup.states());
    if (settings.interval() < 1 || settings.telemetryPrefix().isBlank()) {
      throw new IllegalArgumentException(
          "interval=%d must be at least 1, and telemetryPrefix must be given."
              .formatted(settings.interval()));
    }
  }

  @Override
  public boolean startsItself() {
    return true;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    count.increment();
    return Outcome.DONE;
  }

  @Override
  public Outcome onTimer(RuleMessage timer, NodeContext context) {
    if (timer.type().equals(RuleEngine.NODE_STARTED)) {
      again(start.begin(timer, context), context.now(), context);
      return Outcome.DONE;
    }
    if (!start.isCurrent(timer, context)) {
      return Outcome.DONE;
    }
    again(timer, timer.ts(), context);
    return Outcome.success(counted(timer, context));
  }

  /// Set from the former time, so that intervals do not drift.
  private void again(RuleMessage timer, long from, NodeContext context) {
    long at = Math.max(from + 1000 * settings.interval(), context.now());
    context.wakeLater(timer.withTs(at), at);
  }

  private RuleMessage counted(RuleMessage timer, NodeContext context) {
    var key = settings.telemetryPrefix() + "_millrace"; // ThingsBoard: prefix_serviceId
    return new RuleMessage(
        context.newId(),
        context.now(),
        MessageType.POST_TELEMETRY_REQUEST.name(),
        timer.originator(),
        JsonObject.of("delta", new JsonString(Long.toString(settings.interval()))),
        JsonObject.of(key, new JsonLong(count.sumThenReset())));
  }
}
