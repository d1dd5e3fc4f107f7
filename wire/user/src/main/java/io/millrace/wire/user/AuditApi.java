package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.AuditEntry;
import io.millrace.store.entities.AuditQuery;
import io.millrace.store.entities.EntityStore;
import java.util.Optional;
import java.util.Set;

/// The audit log.
final class AuditApi {
  private final EntityStore entities;

  AuditApi(EntityStore entities) {
    this.entities = entities;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT;
    table.get(
        "/api/audit/logs",
        allowed,
        "Who changed what, latest first.",
        r -> page(r, Optional.empty(), Optional.empty(), Optional.empty()));
    table.get(
        "/api/audit/logs/entity/{entityType}/{entityId}",
        allowed,
        "Who changed an entity.",
        r -> page(r, Optional.of(r.entity()), Optional.empty(), Optional.empty()));
    table.get(
        "/api/audit/logs/user/{userId}",
        allowed,
        "What a user changed.",
        r ->
            page(
                r,
                Optional.empty(),
                Optional.of(r.id("userId", EntityType.USER)),
                Optional.empty()));
    table.get(
        "/api/audit/logs/customer/{customerId}",
        allowed,
        "What a customer's users changed.",
        r ->
            page(
                r,
                Optional.empty(),
                Optional.empty(),
                Optional.of(r.id("customerId", EntityType.CUSTOMER))));
  }

  private Reply page(
      Request request,
      Optional<EntityId> entity,
      Optional<EntityId> user,
      Optional<EntityId> customer) {
    var query =
        new AuditQuery(
            Caller.current().tenantId(), // whatever is asked of: only the own tenant's entries
            entity,
            user,
            customer,
            Set.copyOf(request.list("actionTypes")),
            request.number("startTime", 0),
            request.number("endTime", Long.MAX_VALUE));
    return Reply.page(entities.auditLog().page(query, request.pageLink()), AuditApi::json);
  }

  private static JsonObject json(AuditEntry entry) {
    return JsonObject.builder()
        .put("id", JsonObject.of("id", new JsonString(entry.id().toString())))
        .put("createdTime", entry.createdTime())
        .put("tenantId", EntityJson.id(entry.tenantId()))
        .put("customerId", EntityJson.customer(entry.customerId()))
        .put("entityId", EntityJson.id(entry.entity()))
        .put("entityName", EntityJson.textOrNull(entry.entityName()))
        .put("userId", EntityJson.id(entry.userId()))
        .put("userName", entry.userName())
        .put("actionType", entry.action())
        .put("actionData", entry.data())
        .put("actionStatus", entry.isFailure() ? "FAILURE" : "SUCCESS")
        .put(
            "actionFailureDetails",
            entry.isFailure() ? new JsonString(entry.failure()) : JsonNull.NULL)
        .build();
  }
}
