package io.millrace.wire.user;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.store.entities.CredentialsType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import java.util.List;
import java.util.Optional;

/// A device as a row of comma-separated text, in and out.
final class ImportedDevice {
  static final String HEAD =
      CsvRows.line(List.of("name", "type", "label", "description", "isGateway", "accessToken"));

  private ImportedDevice() {}

  /// The row as the body of `POST /api/device`.
  static JsonObject body(BulkImport.Row row) {
    var body = JsonObject.builder();
    row.text(BulkImport.Column.NAME).ifPresent(text -> body.put("name", text));
    row.text(BulkImport.Column.TYPE).ifPresent(text -> body.put("type", text));
    row.text(BulkImport.Column.LABEL).ifPresent(text -> body.put("label", text));
    var info = JsonObject.builder();
    row.text(BulkImport.Column.DESCRIPTION).ifPresent(text -> info.put("description", text));
    row.text(BulkImport.Column.IS_GATEWAY)
        .ifPresent(text -> info.put("gateway", Boolean.parseBoolean(text)));
    var built = info.build();
    return built.isEmpty() ? body.build() : body.put("additionalInfo", built).build();
  }

  /// The device's credentials as the row wants them; empty when it says nothing of them.
  static Optional<DeviceCredentials> credentials(BulkImport.Row row, DeviceCredentials known) {
    var token = row.text(BulkImport.Column.ACCESS_TOKEN);
    if (token.isPresent()) {
      return token
          .filter(text -> !text.equals(known.credentialsId()))
          .map(text -> with(known, CredentialsType.ACCESS_TOKEN, text, ""));
    }
    var basic = JsonObject.builder();
    row.text(BulkImport.Column.MQTT_CLIENT_ID).ifPresent(text -> basic.put("clientId", text));
    row.text(BulkImport.Column.MQTT_USER_NAME).ifPresent(text -> basic.put("userName", text));
    row.text(BulkImport.Column.MQTT_PASSWORD).ifPresent(text -> basic.put("password", text));
    var value = basic.build();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    var body = new Fields(JsonObject.of("credentialsValue", new JsonString(value.toString())));
    return Optional.of(
        with(
            known,
            CredentialsType.MQTT_BASIC,
            MqttBasic.credentialsId(CredentialsType.MQTT_BASIC, body),
            value.toString()));
  }

  private static DeviceCredentials with(
      DeviceCredentials known, CredentialsType type, String id, String value) {
    return new DeviceCredentials(
        known.id(),
        known.createdTime(),
        known.tenantId(),
        known.deviceId(),
        type,
        id,
        value,
        known.version());
  }

  static String line(Device device, Optional<DeviceCredentials> credentials) {
    var info = device.additionalInfo();
    return CsvRows.line(
        List.of(
            device.name(),
            device.type(),
            device.label(),
            info.text("description", ""),
            Boolean.toString(info.get("gateway") == JsonBoolean.TRUE),
            credentials
                .filter(found -> found.type() == CredentialsType.ACCESS_TOKEN)
                .map(DeviceCredentials::credentialsId)
                .orElse("")));
  }
}
