package io.millrace.wire.mqtt;

import java.util.function.Consumer;

/// Decides who a connecting client is.
@FunctionalInterface
public interface Authenticator {
  /// Lets everyone be anonymous, as far as `mqtt.allowAnonymous` goes.
  Authenticator NONE = (request, decision) -> decision.accept(new ConnectDecision.Anonymous());

  /// Called on an event loop and must not block; `decision` is called once, from any thread, at
  /// once or later.
  void authenticate(ConnectRequest request, Consumer<ConnectDecision> decision);

  /// Who decides when CONNECT names an authentication method.
  default EnhancedAuthenticator enhanced() {
    return EnhancedAuthenticator.NONE;
  }

  /// This one, with methods of enhanced authentication.
  default Authenticator with(EnhancedAuthenticator methods) {
    var plain = this;
    return new Authenticator() {
      @Override
      public void authenticate(ConnectRequest request, Consumer<ConnectDecision> decision) {
        plain.authenticate(request, decision);
      }

      @Override
      public EnhancedAuthenticator enhanced() {
        return methods;
      }
    };
  }
}
