package io.millrace.app;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Authentication;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.Denial;
import io.millrace.engine.security.Identity;
import io.millrace.engine.security.TokenVerifier;
import io.millrace.wire.realtime.PlatformUsers;

/// The platform's users in the realtime databases: administrators may do everything there, and a
/// customer's user is whom the rules decide about.
record RealtimeUsers(Access access) implements PlatformUsers {

  @Override
  public Identity identify(String token) {
    return switch (access.authenticate(token)) {
      case Authentication.Known(var caller) ->
          identity(caller, TokenVerifier.expiryMs(token).orElse(Long.MAX_VALUE));
      case Authentication.Refused(var denial) ->
          denial.reason() == Denial.Reason.TOKEN_EXPIRED
              ? new Identity.Expired()
              : new Identity.Unknown();
    };
  }

  private static Identity identity(Caller caller, long expiresAtMs) {
    return caller.isCustomerUser()
        ? new Identity.Known(auth(caller), expiresAtMs)
        : new Identity.Administrator(expiresAtMs);
  }

  private static JsonObject auth(Caller caller) {
    var token =
        JsonObject.builder()
            .put("email", caller.email())
            .put("authority", caller.authority().name())
            .put("tenantId", caller.tenantId().id().toString());
    var customer = caller.customerId();
    if (customer != null) {
      token.put("customerId", customer.id().toString());
    }
    return JsonObject.builder()
        .put("uid", caller.userId().id().toString())
        .put("provider", "millrace")
        .put("token", token.build())
        .build();
  }
}
