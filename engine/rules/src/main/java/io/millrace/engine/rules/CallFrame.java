package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Where a message goes on after an outside answer: a node, and the nodes that called its chain.
///
/// @param nodeId the node; [#START] to begin where the originator's messages begin
/// @param connection by which to leave the node; empty to ask the node, with the answer
/// @param callers innermost last
public record CallFrame(
    EntityId tenantId, UUID chainId, UUID nodeId, String connection, List<Caller> callers) {
  /// Stands for no node yet.
  public static final UUID START = new UUID(0, 0);

  /// No label of a connection: a message that is tried again says by it how often it was.
  private static final String AGAIN = "again ";

  public CallFrame {
    callers = List.copyOf(callers);
  }

  /// A rule chain node that entered another chain.
  public record Caller(UUID chainId, UUID nodeId) {}

  /// The beginning of the originator's messages.
  static CallFrame start(EntityId tenantId) {
    return new CallFrame(tenantId, START, START, "", List.of());
  }

  /// The beginning again, after so many tries.
  public static CallFrame again(EntityId tenantId, int attempts) {
    return new CallFrame(tenantId, START, START, AGAIN + attempts, List.of());
  }

  /// How often the message was tried; 0 for anything but [#again].
  public int attempts() {
    return nodeId.equals(START) && connection.startsWith(AGAIN)
        ? Integer.parseInt(connection.substring(AGAIN.length()))
        : 0;
  }

  public JsonObject toJson() {
    var stack = callers.stream().<JsonValue>map(CallFrame::toJson).toList();
    return JsonObject.builder()
        .put("tenant", tenantId.id().toString())
        .put("chain", chainId.toString())
        .put("node", nodeId.toString())
        .put("connection", connection)
        .put("callers", new JsonArray(stack))
        .build();
  }

  /// Reads what [#toJson] wrote.
  public static CallFrame read(JsonObject json) {
    var callers = new ArrayList<Caller>();
    if (json.get("callers") instanceof JsonArray stack) {
      for (var caller : stack.values()) {
        if (caller instanceof JsonObject one) {
          callers.add(new Caller(id(one, "chain"), id(one, "node")));
        }
      }
    }
    return new CallFrame(
        new EntityId(EntityType.TENANT, id(json, "tenant")),
        id(json, "chain"),
        id(json, "node"),
        json.text("connection", ""),
        callers);
  }

  private static JsonObject toJson(Caller caller) {
    return JsonObject.builder()
        .put("chain", caller.chainId().toString())
        .put("node", caller.nodeId().toString())
        .build();
  }

  private static UUID id(JsonObject json, String name) {
    return UUID.fromString(json.text(name, ""));
  }
}
