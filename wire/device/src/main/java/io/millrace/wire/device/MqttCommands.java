package io.millrace.wire.device;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rpc.DeviceLink;

/// Commands to devices that are connected over MQTT, and to those behind gateways. Any thread.
final class MqttCommands implements DeviceLink {
  private final ConnectedDevices connected;

  MqttCommands(ConnectedDevices connected) {
    this.connected = connected;
  }

  @Override
  public boolean send(EntityId device, Command command) {
    boolean sent = false;
    for (var one : connected.of(device)) {
      sent |= sendTo(one, command);
    }
    return sent || behindGateway(device, command);
  }

  @Override
  public void reply(EntityId device, String session, int number, JsonValue body) {
    for (var one : connected.of(device)) {
      if (one.session.equals(session)) {
        one.reply(one.answersTo + number, body);
      }
    }
  }

  /// Whether that filter asks for commands.
  static boolean isForCommands(String filter) {
    return Filters.matches(filter, DeviceTopics.RPC_REQUEST + "1")
        || Filters.matches(filter, DeviceTopics.RPC_REQUEST_SHORT + "1")
        || Filters.matches(filter, DeviceTopics.GATEWAY_RPC);
  }

  private static boolean sendTo(Connected device, Command command) {
    var body = JsonObject.builder().put("method", command.method()).put("params", command.params());
    return device.send(DeviceTopics.RPC_REQUEST + command.number(), body.build())
        || device.send(DeviceTopics.RPC_REQUEST_SHORT + command.number(), body.build());
  }

  private boolean behindGateway(EntityId device, Command command) {
    var behind = connected.behindGateway(device);
    return behind.isPresent()
        && behind.get().gateway().send(DeviceTopics.GATEWAY_RPC, wrapped(behind.get(), command));
  }

  private static JsonObject wrapped(ConnectedDevices.Behind behind, Command command) {
    var data =
        JsonObject.builder()
            .put("id", command.number())
            .put("method", command.method())
            .put("params", command.params())
            .build();
    return JsonObject.builder().put("device", behind.name()).put("data", data).build();
  }
}
