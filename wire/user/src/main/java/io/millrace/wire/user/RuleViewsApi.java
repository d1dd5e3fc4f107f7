package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.access.Caller;
import io.millrace.engine.rules.ChainCall;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.Trouble;
import io.millrace.engine.rules.Visit;
import java.util.UUID;

/// Rule chains while they run: a message's way, errors in one place, which chain calls which.
final class RuleViewsApi {
  private static final String PATH = "/api/millrace/rules";
  private final RuleEngine rules;

  RuleViewsApi(RuleEngine rules) {
    this.rules = rules;
  }

  void routes(RouteTable table) {
    table.get(
        PATH + "/trace",
        RouteTable.TENANT,
        "Where the message of ?messageId= has been lately, node by node across chains.",
        r ->
            Reply.list(rules.trace(Caller.current().tenantId(), messageId(r)), RuleViewsApi::json));
    table.get(
        PATH + "/errors",
        RouteTable.TENANT,
        "Nodes that have failed, in all chains, latest first.",
        _ -> Reply.list(rules.troubles(Caller.current().tenantId()), RuleViewsApi::json));
    table.get(
        PATH + "/calls",
        RouteTable.TENANT,
        "Which rule chain calls which.",
        _ -> Reply.list(rules.calls(Caller.current().tenantId()), RuleViewsApi::json));
  }

  private static UUID messageId(Request request) {
    return Request.uuid("messageId", request.query("messageId").orElse(""));
  }

  private static JsonObject json(Visit visit) {
    return RuleChainsApi.json(visit.recent()).toBuilder()
        .put("ruleChainId", visit.chainId().toString())
        .put("ruleChain", visit.chain())
        .put("nodeId", visit.nodeId().toString())
        .put("node", visit.node())
        .build();
  }

  private static JsonObject json(Trouble trouble) {
    return JsonObject.builder()
        .put("ruleChainId", trouble.chainId().toString())
        .put("ruleChain", trouble.chain())
        .put("nodeId", trouble.figures().nodeId().toString())
        .put("node", trouble.figures().name())
        .put("failed", trouble.figures().failed())
        .put("lost", trouble.figures().lost())
        .put("lastError", trouble.figures().lastError())
        .put("lastErrorTs", trouble.figures().lastErrorTs())
        .build();
  }

  private static JsonObject json(ChainCall call) {
    return JsonObject.builder()
        .put("ruleChainId", call.chainId().toString())
        .put("ruleChain", call.chain())
        .put("node", call.node())
        .put("target", call.target())
        .build();
  }
}
