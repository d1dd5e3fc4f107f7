package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.access.Caller;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.RuleChainTest;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.wire.http.HttpError;
import org.jspecify.annotations.Nullable;

/// The tests that are kept with a rule chain, and the gate that runs them before a change.
final class ChainTestsApi {
  private static final String CHAIN = "/api/ruleChain/{ruleChainId}";

  private final Guard guard;
  private final EntityStore entities;
  private final RuleEngine rules;
  private final DeployGate gate;
  private final Ids ids;
  private final int testsMax;

  ChainTestsApi(
      Guard guard, EntityStore entities, RuleEngine rules, DeployGate gate, Ids ids, int testsMax) {
    this.guard = guard;
    this.entities = entities;
    this.rules = rules;
    this.gate = gate;
    this.ids = ids;
    this.testsMax = testsMax;
  }

  void routes(RouteTable table) {
    var tenant = RouteTable.TENANT;
    table.get(
        CHAIN + "/tests",
        tenant,
        "Tests that are kept with a rule chain.",
        r -> Reply.list(entities.ruleChainTests().of(chain(r).id()), ChainTestsApi::json));
    table.post(
        CHAIN + "/tests",
        tenant,
        "Keeps a test: {name, steps}; one of the same name is replaced.",
        r -> Reply.of(json(save(chain(r), r.bodyObject()))));
    table.post(
        CHAIN + "/tests/record",
        tenant,
        "Keeps a test made of what a recent message did: {messageId, name}.",
        this::record);
    table.post(
        CHAIN + "/tests/run",
        tenant,
        "Runs the kept tests on the chain as it is, or as {metadata} has it.",
        this::run);
    table.delete(CHAIN + "/tests/{testId}", tenant, "Deletes a kept test.", this::delete);
    table.get(
        CHAIN + "/gate",
        tenant,
        "Whether failing tests refuse a change of the chain: OFF, WARN, REFUSE.",
        r -> Reply.of(gate(chain(r))));
    table.post(
        CHAIN + "/gate",
        tenant,
        "Sets whether failing tests refuse a change: {mode}.",
        this::setGate);
  }

  private StoredRuleChain chain(Request request) {
    return guard.ruleChain(request.id("ruleChainId", EntityType.RULE_CHAIN));
  }

  private RuleChainTest save(StoredRuleChain chain, JsonObject body) {
    var name = new Fields(body).text("name");
    if (!(body.get("steps") instanceof JsonArray steps) || steps.size() == 0) {
      throw HttpError.badField(
          "steps", "should be a list of what is sent and what is expected, not empty");
    }
    var known = entities.ruleChainTests().of(chain.id());
    if (known.size() >= testsMax && known.stream().noneMatch(test -> test.name().equals(name))) {
      throw HttpError.badRequest(
          "The rule chain has %d tests already (user.chainTestsMax); delete some first."
              .formatted(known.size()));
    }
    var details = body.without("name").without("id").without("createdTime").without("ruleChainId");
    return entities.ruleChainTests().save(chain.id(), ids.next(), name, details);
  }

  private Reply record(Request request) {
    var chain = chain(request);
    var body = request.body();
    var message = Request.uuid("messageId", body.text("messageId"));
    var name = body.text("name", "message " + message);
    var test = rules.record(Caller.current().tenantId(), chain.id().id(), message);
    return Reply.of(json(save(chain, test.with("name", new JsonString(name)))));
  }

  private Reply run(Request request) {
    var chain = chain(request);
    var changed = request.bodyObject().get("metadata");
    if (changed instanceof JsonObject metadata) {
      rules.requireSound(metadata);
    }
    var results =
        gate.run(chain, changed instanceof JsonObject metadata ? metadata : JsonObject.EMPTY);
    return Reply.of(
        JsonObject.builder()
            .put("passed", results.stream().allMatch(result -> result.failures().isEmpty()))
            .put(
                "tests",
                new JsonArray(results.stream().<JsonValue>map(DeployGate.Result::toJson).toList()))
            .build());
  }

  private Reply delete(Request request) {
    var chain = chain(request);
    if (!entities.ruleChainTests().delete(chain.id(), request.uuid("testId"))) {
      throw HttpError.notFound();
    }
    return Reply.empty();
  }

  private static JsonObject gate(StoredRuleChain chain) {
    return JsonObject.builder().put("mode", DeployGate.mode(chain).name()).build();
  }

  private Reply setGate(Request request) {
    var chain = chain(request);
    var mode = Request.choice("mode", DeployGate.Mode.class, request.body().text("mode"));
    var saved =
        entities
            .ruleChains()
            .save(
                DeployGate.with(chain, mode), RuleChainVersionsApi.change(request, "gate " + mode));
    return Reply.of(gate(saved));
  }

  /// The tests of a file that a chain was imported from.
  void importAll(StoredRuleChain chain, @Nullable JsonValue tests) {
    if (tests instanceof JsonArray list) {
      for (var each : list.values()) {
        if (each instanceof JsonObject test) {
          save(chain, test);
        }
      }
    }
  }

  /// As it stands in a chain's file.
  static JsonObject exported(RuleChainTest test) {
    return with(JsonObject.builder().put("name", test.name()), test.details());
  }

  private static JsonObject json(RuleChainTest test) {
    var head =
        JsonObject.builder()
            .put("id", test.id().toString())
            .put("createdTime", test.createdTime())
            .put("ruleChainId", EntityJson.id(test.chainId()))
            .put("name", test.name());
    return with(head, test.details());
  }

  private static JsonObject with(JsonObject.Builder head, JsonObject details) {
    details.forEach(head::put);
    return head.build();
  }
}
