package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// What a client says of itself in CONNECT, and where it comes from.
///
/// @param clientId never empty; an empty one has been replaced by an assigned one
/// @param listener `tcp` or `websocket`
/// @param certificate the client's certificate, checked by TLS
public record ConnectRequest(
    String clientId,
    Optional<String> userName,
    Optional<byte[]> password,
    SocketAddress remoteAddress,
    String listener,
    ProtocolVersion version,
    boolean cleanStart,
    Optional<X509Certificate> certificate) {}
