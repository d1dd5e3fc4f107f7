package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.pipeline.QueueStrategy;
import io.millrace.engine.pipeline.StoredQueues;
import io.millrace.store.entities.Document;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.Set;
import java.util.regex.Pattern;

/// ThingsBoard's queues of the rule engine: which strategy messages follow that rule chains fail
/// on. The queues are the system's; tenants read them and name one in a device profile.
final class QueuesApi {
  private static final String PATH = "/api/queues";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.\\-]+");
  private static final Set<String> OWN = Set.of("id", "createdTime", "tenantId", "name", "version");

  private final EntityStore entities;

  QueuesApi(EntityStore entities) {
    this.entities = entities;
  }

  void routes(RouteTable table) {
    table.get(
        PATH,
        RouteTable.ADMINISTRATORS,
        "The rule engine's queues.",
        r ->
            Reply.page(
                entities.queues().page(EntityStore.SYSTEM_TENANT, r.pageLink()), QueuesApi::json));
    table.get(
        PATH + "/{queueId}",
        RouteTable.ADMINISTRATORS,
        "A queue: its submit and processing strategies.",
        r -> Reply.of(json(queue(r))));
    table.get(
        PATH + "/name/{queueName}",
        RouteTable.ADMINISTRATORS,
        "The queue of that name.",
        r ->
            Reply.of(
                json(
                    entities
                        .queues()
                        .findByAlias(EntityStore.SYSTEM_TENANT, r.path("queueName"))
                        .orElseThrow(HttpError::notFound))));
    table.post(PATH, RouteTable.SYSTEM, "Makes a queue, or changes one.", this::save);
    table.delete(PATH + "/{queueId}", RouteTable.SYSTEM, "Deletes a queue.", this::delete);
  }

  private Document queue(Request request) {
    return queue(request.id("queueId", EntityType.QUEUE));
  }

  private Document queue(EntityId id) {
    return entities.queues().find(id).orElseThrow(() -> Guard.missing(id));
  }

  private Reply save(Request request) {
    var body = request.body();
    var known = body.id("id", EntityType.QUEUE).map(this::queue);
    var name = known.map(Document::name).orElseGet(() -> body.text("name"));
    if (!NAME.matcher(name).matches()) {
      throw HttpError.badField("name", "may have letters, digits, '.', '_' and '-' only");
    }
    if (!body.isAbsent("name") && !body.text("name").equals(name)) {
      throw HttpError.badField("name", "cannot be changed; make another queue");
    }
    var details = JsonObject.builder();
    known.ifPresent(queue -> queue.details().forEach(details::put));
    body.json()
        .forEach(
            (member, value) -> {
              if (!OWN.contains(member)) {
                details.put(member, value);
              }
            });
    var changed = details.build();
    var _ = StoredQueues.read(name, changed); // says what is wrong with it
    return Reply.of(
        json(
            entities
                .queues()
                .save(
                    new Document(
                        known.map(Document::id).orElseGet(() -> entities.newId(EntityType.QUEUE)),
                        known.map(Document::createdTime).orElse(0L),
                        EntityStore.SYSTEM_TENANT,
                        name,
                        name,
                        changed,
                        known.map(Document::version).orElse(0L)))));
  }

  private Reply delete(Request request) {
    var queue = queue(request);
    if (queue.name().equals(QueueStrategy.MAIN)) {
      throw HttpError.badRequest(
          "The queue Main is that of every message that names no other; it cannot be deleted.");
    }
    entities.queues().delete(queue.id());
    return Reply.empty();
  }

  private static JsonObject json(Document queue) {
    var json =
        JsonObject.builder()
            .put("id", EntityJson.id(queue.id()))
            .put("createdTime", queue.createdTime())
            .put("tenantId", EntityJson.id(queue.tenantId()))
            .put("name", queue.name());
    queue.details().forEach(json::put);
    return json.put("version", queue.version()).build();
  }
}
