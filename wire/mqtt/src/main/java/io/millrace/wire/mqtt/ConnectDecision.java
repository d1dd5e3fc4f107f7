package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ReasonCode;

/// What an [Authenticator] makes of a client.
public sealed interface ConnectDecision {
  /// The client is who it says.
  record Accepted(Principal principal) implements ConnectDecision {}

  /// No name was given that asks for proof; `mqtt.allowAnonymous` decides.
  record Anonymous() implements ConnectDecision {}

  /// Nobody this authenticator knows: the next one is asked, and if none knows the client, it is
  /// refused.
  record NotMine() implements ConnectDecision {}

  /// Not let in.
  ///
  /// @param code an error code that CONNACK may carry
  /// @param reason for the client to read
  record Refused(ReasonCode code, String reason) implements ConnectDecision {}
}
