package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.UserPrincipal;
import io.millrace.wire.mqtt.codec.ReasonCode;

/// Mosquitto: with anonymous clients and no password file, a user name is taken as it comes.
final class AnyName {
  static final Authenticator AUTHENTICATOR =
      (request, decision) ->
          decision.accept(
              request
                  .userName()
                  .filter(name -> !name.isEmpty())
                  .<ConnectDecision>map(
                      name -> new ConnectDecision.Accepted(new UserPrincipal(name)))
                  .orElseGet(ConnectDecision.Anonymous::new));

  /// Mosquitto: who is not known is "not authorised", whatever was wrong.
  static final Authenticator NOBODY =
      (request, decision) ->
          decision.accept(
              request.isProven() || request.userName().filter(name -> !name.isEmpty()).isEmpty()
                  ? new ConnectDecision.Anonymous()
                  : new ConnectDecision.Refused(
                      ReasonCode.NOT_AUTHORIZED,
                      "no user has this name and password, no device this access token"));

  private AnyName() {}
}
