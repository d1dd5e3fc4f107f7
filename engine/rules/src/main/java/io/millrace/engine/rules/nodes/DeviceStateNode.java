package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.ArrayList;
import java.util.List;

/// Says of a device that it is connected, disconnected, active or inactive.
final class DeviceStateNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("device state", Settings.class, DeviceStateNode::new)
          .summary("Sets the device's state and sends the event to the root chain.")
          .connections(Outcome.SUCCESS, "Rate limited")
          .alias("org.thingsboard.rule.engine.action.TbDeviceStateNode");

  /// The events that it may raise.
  enum Event {
    CONNECT_EVENT("lastConnectTime"),
    DISCONNECT_EVENT("lastDisconnectTime"),
    ACTIVITY_EVENT("lastActivityTime"),
    INACTIVITY_EVENT("inactivityAlarmTime");

    private final String attribute;

    Event(String attribute) {
      this.attribute = attribute;
    }
  }

  record Settings(@Doc("What to say.") @Default("ACTIVITY_EVENT") Event event) {}

  private static final long SECOND_MS = 1000;

  private final Settings settings;
  private final NodeSetup setup;

  DeviceStateNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var originator = message.originator();
    if (originator.type() != EntityType.DEVICE) {
      return Outcome.failed(message, "The originator is a %s, not a device.".formatted(originator));
    }
    var now = new JsonLong(context.now());
    var last = setup.states().find(originator, context.nodeId());
    if (last.isPresent()
        && last.get() instanceof JsonLong(long ts)
        && context.now() - ts < SECOND_MS) {
      return Outcome.next("Rate limited", message); // ThingsBoard: one a second
    }
    setup.states().save(context.commit(), originator, context.nodeId(), now);
    var event = settings.event();
    var changed = JsonObject.builder().put(event.attribute, now);
    if (event == Event.ACTIVITY_EVENT || event == Event.INACTIVITY_EVENT) {
      changed.put("active", JsonBoolean.of(event == Event.ACTIVITY_EVENT));
    }
    var body = changed.build();
    save(message, body, context);
    context.enqueue(
        new RuleMessage(
            context.newId(),
            context.now(),
            MessageType.valueOf(event.name()).name(),
            originator,
            JsonObject.builder().put("scope", AttributeScope.SERVER_SCOPE.name()).build(),
            body));
    return Outcome.success(message);
  }

  private void save(RuleMessage message, JsonObject body, NodeContext context) {
    var attributes = new ArrayList<Attribute>();
    body.forEach((key, value) -> attributes.add(new Attribute(key, value, context.now())));
    setup
        .attributes()
        .save(
            context.commit(),
            message.originator(),
            AttributeScope.SERVER_SCOPE,
            List.copyOf(attributes));
  }
}
