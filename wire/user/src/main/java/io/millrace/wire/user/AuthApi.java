package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.Login;
import io.millrace.engine.access.NewPassword;
import io.millrace.engine.access.Tokens;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;

/// Signing in and out.
final class AuthApi {
  private final Access access;
  private final EntityStore entities;
  private final Audit audit;

  AuthApi(Access access, EntityStore entities, Audit audit) {
    this.audit = audit;
    this.access = access;
    this.entities = entities;
  }

  void routes(RouteTable table) {
    table.openPost("/api/auth/login", "Signs in with user name and password.", this::login);
    table.openPost("/api/auth/token", "Renews the tokens with a refresh token.", this::refresh);
    table.get("/api/auth/user", RouteTable.SIGNED_IN, "The caller.", _ -> user());
    table.own("POST", "/api/auth/logout", RouteTable.SIGNED_IN, "Ends the session.", _ -> logout());
    table.own(
        "POST",
        "/api/auth/changePassword",
        RouteTable.SIGNED_IN,
        "Changes the caller's password and answers new tokens.",
        this::changePassword);
  }

  private Reply login(Request request) {
    var body = request.body();
    var name = body.text("username");
    var login = access.login(name, body.text("password", ""), request.address());
    var failure = login instanceof Login.Refused(var denial) ? denial.reason().name() : "";
    entities
        .users()
        .findByEmail(name)
        .ifPresent(user -> audit.login(user, request.address(), failure));
    return tokens(login);
  }

  private Reply refresh(Request request) {
    return tokens(access.refresh(request.body().text("refreshToken", "")));
  }

  private Reply user() {
    var id = Caller.current().userId();
    if (id.id().equals(EntityStore.SYSTEM_TENANT.id())) {
      return Reply.of(UserJson.ofPublic(Caller.current()));
    }
    return Reply.of(UserJson.of(entities.users().find(id).orElseThrow(() -> Guard.missing(id))));
  }

  private Reply logout() {
    access.logout(Caller.current());
    return Reply.empty();
  }

  private Reply changePassword(Request request) {
    var caller = Caller.current();
    var body = request.body();
    var outcome =
        access.changePassword(
            caller,
            body.text("currentPassword", ""),
            body.text("newPassword", ""),
            request.address());
    return switch (outcome) {
      case NewPassword.Refused(var reason) -> throw HttpError.badRequest(reason);
      case NewPassword.Set() ->
          tokens(
              access.tokensFor(
                  entities
                      .users()
                      .find(caller.userId())
                      .orElseThrow(() -> Guard.missing(caller.userId()))));
    };
  }

  static Reply tokens(Login login) {
    return switch (login) {
      case Login.SignedIn(var tokens) -> tokens(tokens);
      case Login.Refused(var denial) -> throw RouteMount.error(denial);
    };
  }

  static Reply tokens(Tokens tokens) {
    return Reply.of(
        JsonObject.builder()
            .put("token", tokens.token())
            .put("refreshToken", tokens.refreshToken())
            .build());
  }
}
