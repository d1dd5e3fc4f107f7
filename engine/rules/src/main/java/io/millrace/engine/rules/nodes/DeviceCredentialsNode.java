package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.store.entities.CredentialsType;

/// Adds the credentials of the originating device to the message.
final class DeviceCredentialsNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.enrichment("fetch device credentials", Settings.class, DeviceCredentialsNode::new)
          .summary("Adds credentialsType and credentials of the originating device.")
          .alias("org.thingsboard.rule.engine.metadata.TbFetchDeviceCredentialsNode")
          .version(1, (_, given) -> FetchTo.upgrade(given, "fetchToMetadata", false));

  record Settings(@Doc("Where they are added.") @Default("METADATA") KeySource fetchTo) {}

  private final Settings settings;
  private final NodeSetup setup;

  DeviceCredentialsNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (message.originator().type() != EntityType.DEVICE) {
      return Outcome.failed(
          message, "The originator is a %s, not a device.".formatted(message.originator()));
    }
    return setup
        .entities()
        .credentials()
        .findByDevice(message.originator())
        .map(
            found ->
                Outcome.success(
                    settings
                        .fetchTo()
                        .add(
                            message,
                            JsonObject.builder()
                                .put("credentialsType", found.type().name())
                                .put(
                                    "credentials",
                                    found.type() == CredentialsType.MQTT_BASIC
                                        ? Json.parse(found.credentialsValue())
                                        : new JsonString(found.credentialsId()))
                                .build())))
        .orElseGet(
            () ->
                Outcome.failed(message, "%s has no credentials.".formatted(message.originator())));
  }
}
