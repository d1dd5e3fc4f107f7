package io.millrace.wire.device;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.TelemetryRow;
import java.util.List;
import java.util.Map;

/// What a device asks for, parsed and checked.
public sealed interface DeviceRequest {
  record PostTelemetry(List<TelemetryRow> rows) implements DeviceRequest {}

  record PostAttributes(JsonObject values) implements DeviceRequest {}

  /// Wants to know attributes of its own.
  ///
  /// @param replyTopic where the answer goes
  record RequestAttributes(String replyTopic, AttributeKeys keys) implements DeviceRequest {}

  /// Answers a command.
  record AnswerRpc(int number, JsonValue body) implements DeviceRequest {}

  /// Asks the server something; a rule chain answers.
  ///
  /// @param replyTopic begin of the topic where the answer goes; the number follows
  record AskServer(String replyTopic, int number, String method, JsonValue params)
      implements DeviceRequest {}

  /// A device behind a gateway answers a command.
  record GatewayAnswerRpc(String device, int number, JsonValue body) implements DeviceRequest {}

  /// Telemetry of devices behind a gateway.
  ///
  /// @param rows by name of the device behind the gateway
  record GatewayTelemetry(Map<String, List<TelemetryRow>> rows) implements DeviceRequest {}

  /// Attributes of devices behind a gateway.
  ///
  /// @param values by name of the device behind the gateway
  record GatewayAttributes(Map<String, JsonObject> values) implements DeviceRequest {}

  /// A device behind a gateway is there.
  ///
  /// @param type name of the profile for a device that is not there yet
  record GatewayConnect(String device, String type) implements DeviceRequest {}

  record GatewayDisconnect(String device) implements DeviceRequest {}

  /// Wants to know attributes of a device behind a gateway.
  ///
  /// @param id comes back in the answer
  /// @param single whether one value was asked for, and the answer is `value`, not `values`
  record GatewayRequestAttributes(long id, String device, AttributeKeys keys, boolean single)
      implements DeviceRequest {}

  /// Not one that can be taken; the refusal says what to change.
  record Refused(Refusal refusal) implements DeviceRequest {}

  /// Which attributes are asked for.
  ///
  /// @param client keys of client attributes
  /// @param shared keys of shared attributes; both empty means all of both
  record AttributeKeys(List<String> client, List<String> shared) {
    public static final AttributeKeys ALL = new AttributeKeys(List.of(), List.of());
  }
}
