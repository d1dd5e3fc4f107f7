package io.millrace.wire.admin;

import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.mqtt.BrokerView;
import io.millrace.wire.mqtt.BrokerView.SessionInfo;
import java.util.Optional;

/// Clients, their sessions and their filters.
final class ClientsApi {
  private final BrokerView view;

  ClientsApi(BrokerView view) {
    this.view = view;
  }

  void routes(Routes routes) {
    routes.get("/api/mqtt/clients", this::clients);
    routes.get("/api/mqtt/clients/:id", this::client);
    routes.delete("/api/mqtt/clients/:id", this::kick);
    routes.get("/api/mqtt/sessions", this::sessions);
    routes.delete("/api/mqtt/sessions/:id", this::deleteSession);
    routes.get("/api/mqtt/subscriptions", this::subscriptions);
  }

  private Optional<JsonValue> clients(Call call) {
    var query = call.page();
    return Optional.of(Shapes.page(view.clients(query), query, Shapes::session));
  }

  private Optional<JsonValue> sessions(Call call) {
    var query = call.page();
    return Optional.of(Shapes.page(view.sessions(query), query, Shapes::session));
  }

  private Optional<JsonValue> client(Call call) {
    var session = visible(call);
    var filters =
        view.subscriptions(session.clientId(), new BrokerView.Query("", "", 0, call.pageSize()));
    return Optional.of(
        Shapes.session(session)
            .with("filters", Shapes.array(filters.rows(), Shapes::subscription)));
  }

  private Optional<JsonValue> kick(Call call) {
    return done(view.kick(visible(call).clientId()));
  }

  private Optional<JsonValue> deleteSession(Call call) {
    return done(view.deleteSession(visible(call).clientId()));
  }

  private Optional<JsonValue> subscriptions(Call call) {
    var query = call.page();
    var page = view.subscriptions(call.query("clientId").orElse(null), query);
    return Optional.of(Shapes.page(page, query, Shapes::subscription));
  }

  private SessionInfo visible(Call call) {
    var id = call.path("id");
    return view.session(id)
        .filter(one -> isFor(call, one))
        .orElseThrow(() -> HttpError.notFound("There is no session of client '%s'".formatted(id)));
  }

  private static boolean isFor(Call call, SessionInfo session) {
    var owner = call.owner();
    return owner.isEmpty() || session.owner().isEmpty() || session.owner().equals(owner);
  }

  private static Optional<JsonValue> done(boolean found) {
    if (!found) {
      throw HttpError.notFound("That client is not connected");
    }
    return Optional.empty();
  }
}
