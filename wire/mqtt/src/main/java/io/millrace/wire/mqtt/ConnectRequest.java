package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What a client says of itself in CONNECT, and where it comes from.
///
/// @param clientId never empty; an empty one has been replaced by an assigned one
/// @param userName from CONNECT, or from the certificate where the listener says so
/// @param listener the name of the listener, as `tcp` or `websocket`
/// @param certificates the client's own, then those above it, checked by TLS; empty without
/// @param isProven true when the user name stands in a checked certificate: no password is needed
public record ConnectRequest(
    String clientId,
    Optional<String> userName,
    Optional<byte[]> password,
    SocketAddress remoteAddress,
    String listener,
    ProtocolVersion version,
    boolean cleanStart,
    List<X509Certificate> certificates,
    boolean isProven) {

  /// The client's own certificate.
  public Optional<X509Certificate> certificate() {
    return certificates.isEmpty() ? Optional.empty() : Optional.of(certificates.getFirst());
  }
}
