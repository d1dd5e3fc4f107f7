package io.millrace.wire.mqtt;

/// Whom a connection stands for; what it is beyond a name is the authenticator's affair.
public interface Principal {
  /// A client that gave no name and was let in.
  Principal ANONYMOUS = () -> "anonymous";

  /// For logs and the admin pages.
  String name();

  /// When it stops being true (a token expires) and the connection is closed;
  /// [Long#MAX_VALUE] never.
  default long expiresAtMs() {
    return Long.MAX_VALUE;
  }

  /// Whom it belongs to, so that others need not see it: the id of a device's tenant; empty when
  /// it belongs to nobody in particular.
  default String owner() {
    return "";
  }
}
