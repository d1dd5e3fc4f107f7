package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonLong;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;

/// Sends each message on after some time, also across a restart.
final class DelayNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("delay", Settings.class, DelayNode::new)
          .summary("Sends the message on after some time; Failure when too many wait already.")
          .alias("org.thingsboard.rule.engine.delay.TbMsgDelayNode");

  private static final long SECONDS_MAX = 366L * 24 * 3600;

  record Settings(
      @Doc("Delay in seconds.") @Default("60") long periodInSeconds,
      @Doc("Messages of one originator that wait at most.") @Default("1000") long maxPendingMsgs,
      @Doc("Delay in seconds as a pattern, for useMetadataPeriodInSecondsPatterns.")
          String periodInSecondsPattern,
      @Doc("Take the delay from the pattern.") boolean useMetadataPeriodInSecondsPatterns) {}

  private final Settings settings;
  private final Template pattern;
  private final NodeSetup setup;

  DelayNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.pattern = Template.of(settings.periodInSecondsPattern());
    if (!settings.useMetadataPeriodInSecondsPatterns()) {
      requireDelay(settings.periodInSeconds(), "periodInSeconds");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    long waiting = waiting(message, context);
    if (waiting >= settings.maxPendingMsgs()) {
      return Outcome.failed(
          message,
          "%d messages of this originator wait already (maxPendingMsgs)."
              .formatted(settings.maxPendingMsgs()));
    }
    context.wakeLater(message, context.now() + 1000 * delaySeconds(message));
    remember(message, waiting + 1, context);
    return Outcome.DONE;
  }

  @Override
  public Outcome onTimer(RuleMessage message, NodeContext context) {
    remember(message, Math.max(waiting(message, context) - 1, 0), context);
    return Outcome.success(message);
  }

  private long delaySeconds(RuleMessage message) {
    if (!settings.useMetadataPeriodInSecondsPatterns()) {
      return settings.periodInSeconds();
    }
    var text = pattern.fill(message);
    try {
      return requireDelay(Long.parseLong(text.strip()), "The pattern periodInSecondsPattern");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "periodInSecondsPattern gives \"%s\"; it must give whole seconds.".formatted(text), e);
    }
  }

  private static long requireDelay(long seconds, String name) {
    if (seconds < 0 || seconds > SECONDS_MAX) {
      throw new IllegalArgumentException(
          "%s=%d; it must be from 0 to %d seconds.".formatted(name, seconds, SECONDS_MAX));
    }
    return seconds;
  }

  private long waiting(RuleMessage message, NodeContext context) {
    return setup
        .states()
        .find(message.originator(), context.nodeId())
        .map(state -> state instanceof JsonLong(long count) ? count : 0L)
        .orElse(0L);
  }

  private void remember(RuleMessage message, long waiting, NodeContext context) {
    setup
        .states()
        .save(context.commit(), message.originator(), context.nodeId(), new JsonLong(waiting));
  }
}
