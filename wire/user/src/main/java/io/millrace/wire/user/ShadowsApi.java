package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.Shadow;
import io.millrace.wire.http.HttpError;
import java.util.UUID;

/// Runs a changed rule chain beside the live one, without effects, and tells what differs.
final class ShadowsApi {
  private static final String PATH = "/api/ruleChain/{ruleChainId}/shadow";
  private static final long MESSAGES = 10_000;
  private static final long MESSAGES_MAX = 1_000_000;

  private final Guard guard;
  private final RuleEngine rules;

  ShadowsApi(Guard guard, RuleEngine rules) {
    this.guard = guard;
    this.rules = rules;
  }

  void routes(RouteTable table) {
    table.post(
        PATH,
        RouteTable.TENANT,
        "Runs {metadata} beside the live chain for {messagesMax} messages; nothing of it happens.",
        this::start);
    table.get(
        PATH,
        RouteTable.TENANT,
        "What the chain beside the live one does otherwise.",
        r -> Reply.of(json(rules.shadows().find(chain(r)).orElseThrow(HttpError::notFound))));
    table.delete(
        PATH,
        RouteTable.TENANT,
        "Ends the chain beside the live one; tells what it did otherwise.",
        r -> Reply.of(json(rules.shadows().end(chain(r)).orElseThrow(HttpError::notFound))));
  }

  private UUID chain(Request request) {
    return guard.ruleChain(request.id("ruleChainId", EntityType.RULE_CHAIN)).id().id();
  }

  private Reply start(Request request) {
    var chain = chain(request);
    var body = request.body();
    if (!(body.json().get("metadata") instanceof JsonObject metadata)) {
      throw HttpError.badField("metadata", "should be the nodes and connections to be tried");
    }
    long messages = body.number("messagesMax").orElse(MESSAGES);
    if (messages < 1 || messages > MESSAGES_MAX) {
      throw HttpError.badField(
          "messagesMax", "is %d, not 1 to %d".formatted(messages, MESSAGES_MAX));
    }
    rules.requireSound(metadata);
    return Reply.of(
        json(rules.shadows().start(Caller.current().tenantId(), chain, metadata, messages)));
  }

  private static JsonObject json(Shadow.Report report) {
    return JsonObject.builder()
        .put("ruleChainId", report.chainId().toString())
        .put("startedTs", report.startedTs())
        .put("running", report.ended().isEmpty())
        .put("ended", report.ended())
        .put("messages", report.messages())
        .put("dropped", report.dropped())
        .put("different", report.different())
        .put(
            "latest",
            new JsonArray(report.latest().stream().<JsonValue>map(ShadowsApi::json).toList()))
        .build();
  }

  private static JsonObject json(Shadow.Difference difference) {
    var message = difference.message();
    return JsonObject.builder()
        .put("id", message.id().toString())
        .put("ts", message.ts())
        .put("msgType", message.type())
        .put("originator", EntityJson.id(message.originator()))
        .put("msg", message.body())
        .put("onlyBefore", RehearsalsApi.effects(difference.effects().onlyBefore()))
        .put("onlyAfter", RehearsalsApi.effects(difference.effects().onlyAfter()))
        .build();
  }
}
