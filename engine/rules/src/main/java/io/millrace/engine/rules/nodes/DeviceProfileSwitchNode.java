package io.millrace.engine.rules.nodes;

import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.store.entities.EntityStore;

/// Routes a device's message by the name of its profile.
final class DeviceProfileSwitchNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.filter(
              "device profile switch",
              NoSettings.class,
              (_, setup) -> new DeviceProfileSwitchNode(setup.entities()))
          .summary("The connection is the name of the device's profile.")
          .freeConnections()
          .alias("org.thingsboard.rule.engine.filter.TbDeviceTypeSwitchNode");

  private final EntityStore entities;

  DeviceProfileSwitchNode(EntityStore entities) {
    this.entities = entities;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var originator = message.originator();
    if (originator.type() != EntityType.DEVICE) {
      return Outcome.failed(message, "The originator is a %s, not a device.".formatted(originator));
    }
    return entities
        .devices()
        .find(originator)
        .flatMap(device -> entities.deviceProfiles().find(device.deviceProfileId()))
        .map(profile -> Outcome.next(profile.name(), message))
        .orElseGet(() -> Outcome.failed(message, "There is no %s any more.".formatted(originator)));
  }
}
