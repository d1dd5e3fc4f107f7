package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides who a client is in an exchange of AUTH packets (section 4.12), as SCRAM needs.
@FunctionalInterface
public interface EnhancedAuthenticator {
  /// Knows no method.
  EnhancedAuthenticator NONE = (method, request) -> null;

  /// Begins an exchange.
  ///
  /// @param method as in CONNECT, for example `SCRAM-SHA-256`
  /// @return null when the method is not known
  @Nullable Talk begin(String method, ConnectRequest request);

  /// One exchange with one client.
  interface Talk {
    /// Takes the client's authentication data. Called on an event loop and must not block; `step`
    /// is called once, from any thread, at once or later.
    void next(byte[] data, Consumer<Step> step);
  }

  /// What follows.
  sealed interface Step {}

  /// The client is to answer this.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Continue(byte[] data) implements Step {}

  /// The client is who it says; `data` goes with CONNACK or the last AUTH.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Accepted(Principal principal, byte[] data) implements Step {}

  /// Not let in.
  record Refused(ReasonCode code, String reason) implements Step {}
}
