package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.store.entities.CredentialsType;
import io.millrace.wire.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The id under which credentials are found when a device connects.
final class MqttBasic {
  private MqttBasic() {}

  // ThingsBoard: a user name alone as it is, otherwise a hash; `wire/device` looks for the same
  static String credentialsId(CredentialsType type, Fields body) {
    return switch (type) {
      case ACCESS_TOKEN -> body.text("credentialsId");
      case X509_CERTIFICATE -> CertificateCredentials.id(body);
      case MQTT_BASIC -> basicId(value(body));
    };
  }

  private static String basicId(JsonObject value) {
    var clientId = value.text("clientId", "");
    var userName = value.text("userName", "");
    if (clientId.isEmpty() && userName.isEmpty()) {
      throw HttpError.badField("credentialsValue", "names neither clientId nor userName");
    }
    if (userName.isEmpty() && !value.text("password", "").isEmpty()) {
      throw HttpError.badField("credentialsValue", "has a password without a userName");
    }
    if (clientId.isEmpty()) {
      return userName;
    }
    return sha3(userName.isEmpty() ? clientId : clientId + "|" + userName);
  }

  static String sha3(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA3-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA3-256", e);
    }
  }

  private static JsonObject value(Fields body) {
    try {
      JsonValue value = Json.parse(body.text("credentialsValue", "{}"));
      if (value instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw HttpError.badField("credentialsValue", "holds no JSON text: " + e.getMessage());
    }
    throw HttpError.badField("credentialsValue", "holds no JSON object");
  }
}
