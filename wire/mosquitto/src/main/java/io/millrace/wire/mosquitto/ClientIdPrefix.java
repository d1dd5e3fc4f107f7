package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.ConnectRequest;
import io.millrace.wire.mqtt.EnhancedAuthenticator;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.function.Consumer;

/// Lets in only clients whose identifier begins as asked.
record ClientIdPrefix(String prefix, Authenticator next) implements Authenticator {
  @Override
  public void authenticate(ConnectRequest request, Consumer<ConnectDecision> decision) {
    if (request.clientId().startsWith(prefix)) {
      next.authenticate(request, decision);
    } else {
      decision.accept(
          new ConnectDecision.Refused(
              ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
              "client identifiers begin with '%s' here".formatted(prefix)));
    }
  }

  @Override
  public EnhancedAuthenticator enhanced() {
    return (method, request) ->
        request.clientId().startsWith(prefix) ? next.enhanced().begin(method, request) : null;
  }
}
