package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.fields.FieldIndex;
import io.millrace.engine.rules.NodeFigures;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.store.entities.AuditEntry;
import io.millrace.store.entities.AuditQuery;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// ThingsBoard's events, told from what is kept anyway: the latest messages of rule nodes, their
/// failures and counts, and the audit log.
final class EventsApi {
  private static final Set<String> LIFE = Set.of("ADDED", "UPDATED", "DELETED");
  private static final String SERVER = "millrace";

  private final Guard guard;
  private final EntityStore entities;
  private final RuleEngine rules;
  private final FieldIndex fields;

  EventsApi(Guard guard, EntityStore entities, RuleEngine rules, FieldIndex fields) {
    this.guard = guard;
    this.entities = entities;
    this.rules = rules;
    this.fields = fields;
  }

  /// Kinds of events; the names are ThingsBoard's.
  enum Kind {
    ERROR,
    LC_EVENT,
    STATS,
    DEBUG_RULE_NODE,
    DEBUG_RULE_CHAIN,
    DEBUG_CALCULATED_FIELD
  }

  private record Event(long ts, JsonObject body) {}

  void routes(RouteTable table) {
    table.get(
        "/api/events/{entityType}/{entityId}/{eventType}",
        RouteTable.TENANT_OR_CUSTOMER,
        "What happened to an entity, of one kind (ERROR, LC_EVENT, STATS, DEBUG_RULE_NODE …).",
        r -> page(r, Request.choice("eventType", Kind.class, r.path("eventType"))));
    table.query(
        "/api/events/{entityType}/{entityId}",
        RouteTable.TENANT_OR_CUSTOMER,
        "The same, with a filter: {eventType, isError, msgType, relationType, dataSearch}.",
        r ->
            page(
                r,
                Request.choice("eventType", Kind.class, r.body().text("eventType", "LC_EVENT"))));
  }

  private Reply page(Request request, Kind kind) {
    var entity = request.entity();
    var link = request.pageLink();
    long from = request.number("startTime", 0);
    long until = request.number("endTime", Long.MAX_VALUE);
    var filter = request.context().body().length() > 0 ? request.bodyObject() : JsonObject.EMPTY;
    var order = Comparator.comparingLong(Event::ts);
    var found =
        events(entity, kind).stream()
            .filter(event -> event.ts() >= from && event.ts() <= until)
            .filter(event -> passes(event.body(), filter, link.textSearch()))
            .sorted(link.ascending() ? order : order.reversed())
            .toList();
    var shown =
        found.stream()
            .skip((long) link.page() * link.pageSize())
            .limit(link.pageSize())
            .<JsonValue>map(event -> json(event, entity, kind))
            .toList();
    int pages = (found.size() + link.pageSize() - 1) / link.pageSize();
    return Reply.of(Reply.page(new JsonArray(shown), pages, found.size(), link.page() + 1 < pages));
  }

  private static boolean passes(JsonObject body, JsonObject filter, String search) {
    var fields = new Fields(filter);
    boolean isError = !body.text("error", "").isEmpty();
    return body.toString().toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT))
        && (!fields.flag("isError", fields.flag("error", false)) || isError)
        && is(body, "msgType", fields.text("msgType", ""))
        && is(body, "relationType", fields.text("relationType", ""))
        && body.text("data", "").contains(fields.text("dataSearch", ""));
  }

  private static boolean is(JsonObject body, String name, String wanted) {
    return wanted.isEmpty() || body.text(name, "").equals(wanted);
  }

  private List<Event> events(EntityId entity, Kind kind) {
    if (entity.type() == EntityType.RULE_NODE) {
      return figures(entity).map(node -> ofNode(node, kind)).orElse(List.of());
    }
    guard.tenantOf(entity);
    return switch (kind) {
      case LC_EVENT -> life(entity);
      case ERROR -> entity.type() == EntityType.RULE_CHAIN ? errors(entity) : List.of();
      case STATS -> entity.type() == EntityType.RULE_CHAIN ? stats(entity) : List.of();
      case DEBUG_CALCULATED_FIELD -> computed(entity);
      case DEBUG_RULE_NODE, DEBUG_RULE_CHAIN -> List.of();
    };
  }

  private List<Event> computed(EntityId field) {
    return entities.calculatedFields().find(field).stream()
        .flatMap(row -> fields.events(row).stream())
        .map(event -> new Event(event.ts(), CalculatedFieldsApi.event(event)))
        .toList();
  }

  /// The node, if it is one of the caller's tenant.
  private Optional<NodeFigures> figures(EntityId node) {
    if (!Caller.current().isTenantAdministrator()) {
      throw HttpError.forbidden();
    }
    var found =
        entities.ruleChains().ofTenant(Caller.current().tenantId()).stream()
            .flatMap(chain -> rules.figures(chain.id().id()).stream())
            .filter(figures -> figures.nodeId().equals(node.id()))
            .findFirst();
    if (found.isEmpty()) {
      throw Guard.missing(node);
    }
    return found;
  }

  private static List<Event> ofNode(NodeFigures node, Kind kind) {
    return switch (kind) {
      case DEBUG_RULE_NODE ->
          node.recent().stream().flatMap(recent -> debug(node, recent).stream()).toList();
      case ERROR -> error(node).stream().toList();
      case STATS -> List.of(new Event(node.lastErrorTs(), counted(node.received(), node.failed())));
      case LC_EVENT, DEBUG_RULE_CHAIN, DEBUG_CALCULATED_FIELD -> List.of();
    };
  }

  private static List<Event> debug(NodeFigures node, NodeFigures.Recent recent) {
    boolean hasFailed = recent.outcome().equals("Failure");
    return List.of(
        new Event(recent.ts(), message(recent, "IN", "", "")),
        new Event(
            recent.ts(),
            message(recent, "OUT", recent.outcome(), hasFailed ? node.lastError() : "")));
  }

  private static JsonObject message(
      NodeFigures.Recent recent, String direction, String relation, String error) {
    var message = recent.message();
    return JsonObject.builder()
        .put("server", SERVER)
        .put("type", direction)
        .put("entityId", message.originator().id().toString())
        .put("entityType", message.originator().type().name())
        .put("msgId", message.id().toString())
        .put("msgType", message.type())
        .put("dataType", "JSON")
        .put("relationType", relation)
        .put("data", message.body().toString())
        .put("metadata", message.metadata().toString())
        .put("error", error)
        .build();
  }

  private static Optional<Event> error(NodeFigures node) {
    return node.lastError().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Event(
                node.lastErrorTs(),
                JsonObject.builder()
                    .put("server", SERVER)
                    .put("method", node.name())
                    .put("error", node.lastError())
                    .build()));
  }

  private List<Event> errors(EntityId chain) {
    return rules.figures(chain.id()).stream().flatMap(node -> error(node).stream()).toList();
  }

  private List<Event> stats(EntityId chain) {
    var nodes = rules.figures(chain.id());
    long received = nodes.stream().mapToLong(NodeFigures::received).sum();
    long failed = nodes.stream().mapToLong(NodeFigures::failed).sum();
    long ts = nodes.stream().mapToLong(NodeFigures::lastErrorTs).max().orElse(0);
    return List.of(new Event(ts, counted(received, failed)));
  }

  private static JsonObject counted(long received, long failed) {
    return JsonObject.builder()
        .put("server", SERVER)
        .put("messagesProcessed", received)
        .put("errorsOccurred", failed)
        .build();
  }

  private List<Event> life(EntityId entity) {
    var query =
        new AuditQuery(
            Caller.current().tenantId(),
            Optional.of(entity),
            Optional.empty(),
            Optional.empty(),
            LIFE,
            0,
            Long.MAX_VALUE);
    var newest = new PageLink(1_000, 0, "", "createdTime", false);
    var events = new ArrayList<Event>();
    for (var entry : entities.auditLog().page(query, newest).data()) {
      events.add(new Event(entry.createdTime(), life(entry)));
    }
    return events;
  }

  private static JsonObject life(AuditEntry entry) {
    return JsonObject.builder()
        .put("server", SERVER)
        .put("event", entry.action().equals("ADDED") ? "CREATED" : entry.action())
        .put("success", !entry.isFailure())
        .put("error", entry.failure())
        .build();
  }

  private static JsonObject json(Event event, EntityId entity, Kind kind) {
    var text = entity + " " + kind + " " + event;
    var id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return JsonObject.builder()
        .put("id", JsonObject.builder().put("id", id.toString()).build())
        .put("createdTime", event.ts())
        .put("tenantId", EntityJson.id(Caller.current().tenantId()))
        .put("type", kind.name())
        .put("uid", id.toString())
        .put("entityId", EntityJson.id(entity))
        .put("body", event.body())
        .build();
  }
}
