package io.millrace.wire.admin;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.engine.access.Access;
import io.millrace.store.messages.MessageLog;
import io.millrace.wire.device.TopicMappings;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpListener;
import io.millrace.wire.mqtt.MqttServer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/// What operators ask of the process: the broker under `/api/mqtt`, figures at `/metrics`.
public final class AdminApi {
  private final Config config;
  private final Parts parts;

  /// What the API stands on.
  ///
  /// @param version of this program, for the metrics
  public record Parts(
      Access access,
      MqttServer mqtt,
      MessageLog messages,
      TopicMappings mappings,
      Clock clock,
      Counters counters,
      String version) {}

  public AdminApi(Config config, Parts parts) {
    this.config = config;
    this.parts = parts;
  }

  /// Adds all routes; before the port is opened.
  ///
  /// @return method and path of each
  public List<String> mount(HttpListener listener, BlockingHandlers blocking) {
    var routes = new Routes(config, parts.access(), listener.router(), blocking);
    new ClientsApi(parts.mqtt().view()).routes(routes);
    new TopicsApi(parts.mqtt()).routes(routes);
    new MappingsApi(parts.mappings()).routes(routes);
    new MessagesApi(parts.messages(), parts.clock()).routes(routes);
    new ReplayStream(parts.messages(), parts.clock(), config.replaysMax()).routes(routes);
    var metrics = new Metrics(parts.counters(), parts.version());
    listener
        .router()
        .get("/metrics")
        .handler(blocking.of(context -> metrics(routes, metrics, context)));
    return routes.all();
  }

  private void metrics(Routes routes, Metrics metrics, RoutingContext context) {
    if (config.metrics() == Config.Metrics.ADMINISTRATORS) {
      routes.administrator(context, true);
    }
    metrics.answer(context);
  }
}
