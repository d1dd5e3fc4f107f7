package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.access.Access;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpListener;
import io.millrace.wire.schemas.RegistryConfig;
import java.util.ArrayList;
import java.util.List;

/// Kafka for people and plain HTTP clients: `/api/kafka/…`, and Confluent's REST shapes at
/// `/topics/…` and `/consumers/…`.
public final class KafkaApi implements AutoCloseable {
  /// What the API stands on.
  public record Parts(
      KafkaConnection kafka,
      RegistryConfig registry,
      Access access,
      EntityStore entities,
      Clock clock,
      Scheduler scheduler,
      Counters counters) {}

  private final Parts parts;
  private final ApiConfig config;
  private final KafkaCallers callers;
  private final TopicFigures figures;
  private final SchemaValues schemas;
  private final LiveApi live;
  private final ConfluentConsumers consumers;
  private final List<KafkaRoutes.Route> routes = new ArrayList<>();

  public KafkaApi(ApiConfig config, Parts parts) {
    this.parts = parts;
    this.config = config;
    var kafka = parts.kafka();
    callers = new KafkaCallers(parts.access(), parts.entities(), config.tenants());
    figures = new TopicFigures(kafka::admin, parts.clock(), kafka.requestTimeout().toMillis());
    schemas = new SchemaValues(parts.registry(), parts.clock());
    live = new LiveApi(kafka, config, callers, figures, schemas, parts.clock(), parts.counters());
    consumers = new ConfluentConsumers(kafka, config, parts.clock(), parts.scheduler());
  }

  /// Adds all routes and the WebSocket; before the port is opened.
  public void mount(HttpListener listener, BlockingHandlers blocking) {
    var table = new KafkaRoutes(listener.router(), blocking, callers, routes);
    var kafka = parts.kafka();
    new HealthApi(kafka).routes(table);
    new TopicsApi(kafka, figures).routes(table);
    new RecordsApi(kafka, config, figures, schemas, parts.clock()).routes(table);
    new GroupsApi(kafka, figures).routes(table);
    live.mount(listener, table);
    var confluent = new ConfluentRoutes(listener.router(), blocking, callers, routes);
    new ConfluentTopics(kafka, figures).routes(confluent);
    consumers.routes(confluent);
  }

  void closeIdleConsumers() {
    consumers.closeIdle();
  }

  List<KafkaRoutes.Route> routes() {
    return List.copyOf(routes);
  }

  /// Ends the live views and the consumer instances.
  @Override
  public void close() {
    consumers.close();
    live.close();
  }
}
