package io.millrace.wire.mqtt;

import java.util.Optional;

/// Who is let in by a listener, and how far.
///
/// @param identity the part of the client's certificate that is its user name
/// @param maxConnections open connections of this listener at most; 0 sets no limit of its own
/// @param maxQos highest QoS of messages that clients may publish here, 0 to 2
/// @param authenticator in place of the server's
/// @param authorizer in place of the server's
/// @param form how it takes names, topics and versions
public record ListenerRules(
    AllowAnonymous allowAnonymous,
    CertificateIdentity identity,
    int maxConnections,
    int maxQos,
    Optional<Authenticator> authenticator,
    Optional<Authorizer> authorizer,
    ListenerForm form) {

  public ListenerRules(
      AllowAnonymous allowAnonymous,
      CertificateIdentity identity,
      int maxConnections,
      int maxQos,
      Optional<Authenticator> authenticator,
      Optional<Authorizer> authorizer) {
    this(
        allowAnonymous,
        identity,
        maxConnections,
        maxQos,
        authenticator,
        authorizer,
        ListenerForm.USUAL);
  }

  public ListenerRules {
    if (maxQos < 0 || maxQos > 2) {
      throw new IllegalArgumentException("maxQos=" + maxQos + " is no QoS: 0, 1 or 2");
    }
  }

  /// As the server's, but for anonymous clients.
  public static ListenerRules anonymous(AllowAnonymous allow) {
    return new ListenerRules(
        allow, CertificateIdentity.NONE, 0, 2, Optional.empty(), Optional.empty());
  }

  public ListenerRules with(ListenerForm other) {
    return new ListenerRules(
        allowAnonymous, identity, maxConnections, maxQos, authenticator, authorizer, other);
  }
}
