package io.millrace.wire.mqtt;

/// A listener that is open, as it turned out.
///
/// @param address as configured: a host, or the file of a Unix socket
/// @param port the real one; -1 for a Unix socket
public record Listening(
    String name, ListenerTransport transport, boolean isTls, String address, int port) {}
