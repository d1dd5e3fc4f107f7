package io.millrace.engine.rules.nodes;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;

/// The key file of a Google service account, as a setting of a node.
final class ServiceAccount {
  private ServiceAccount() {}

  /// @throws IllegalArgumentException when it is none, in words for a person
  static JsonObject parse(String keyFile) {
    try {
      if (Json.parse(keyFile) instanceof JsonObject account
          && !account.text("client_email", "").isBlank()
          && account.text("private_key", "").contains("PRIVATE KEY")) {
        return account;
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "serviceAccount is not JSON: %s. Paste the whole key file that Google made."
              .formatted(e.getMessage()),
          e);
    }
    throw new IllegalArgumentException(
        "serviceAccount has no client_email or no private_key. Paste the whole key file that Google"
            + " made.");
  }
}
