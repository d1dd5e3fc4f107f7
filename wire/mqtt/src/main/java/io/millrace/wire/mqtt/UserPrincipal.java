package io.millrace.wire.mqtt;

/// A client that is known by a user name alone: from a password file, a token or a certificate.
public record UserPrincipal(String name) implements Principal {}
