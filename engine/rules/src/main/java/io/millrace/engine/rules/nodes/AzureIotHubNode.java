package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Sends the body to Azure IoT Hub as a device of that hub, by its HTTP interface.
final class AzureIotHubNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.external("azure iot hub", Settings.class, AzureIotHubNode::new)
          .summary("Sends the body to Azure IoT Hub.")
          .alias("org.thingsboard.rule.engine.mqtt.azure.TbAzureIotHubNode")
          .version(1, (_, given) -> given);

  record Settings(
      @Doc("Host of the hub, as in name.azure-devices.net.") String host,
      @Doc("Id of the device that the hub knows.") String clientId,
      @Doc("Kept for ThingsBoard: the hub gives the topic by the device.") String topicPattern,
      @Doc("How the device signs in.") Login credentials,
      @Doc("Address of a compatible service in place of https:// and the host.") String endpoint) {}

  record Login(
      @Doc("sas, with the device's key.") @Default("sas") String type,
      @Doc("The device's primary or secondary key, Base64.") String sasKey) {}

  private final Settings settings;

  AzureIotHubNode(Settings settings) {
    this.settings = settings;
    if (settings.host().isBlank() || settings.clientId().isBlank()) {
      throw new IllegalArgumentException("host and clientId must be given.");
    }
    if (!settings.credentials().type().equals("sas")) {
      throw new NotBuiltException(
          "Credentials of type \"%s\" are not built here; use the device's key (sas)."
              .formatted(settings.credentials().type()));
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var resource = settings.host() + "/devices/" + settings.clientId();
    var address =
        settings.endpoint().isBlank() ? "https://" + settings.host() : settings.endpoint().strip();
    var sign =
        JsonObject.builder()
            .put("type", "azureSas")
            .put("resource", resource)
            .put("key", settings.credentials().sasKey())
            .build();
    return new Outcome.Call(
        HttpAnswer.post(
            "%s/devices/%s/messages/events?api-version=2018-06-30"
                .formatted(address, settings.clientId()),
            JsonObject.of("Content-Type", new JsonString("application/json")),
            message.body().toString(),
            sign),
        message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = HttpAnswer.error(answer);
    return error.isEmpty() ? Outcome.success(message) : HttpAnswer.failed(message, error);
  }
}
