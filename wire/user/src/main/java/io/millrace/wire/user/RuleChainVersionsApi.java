package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.rules.ChainDifference;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.RuleChainVersion;
import io.millrace.store.entities.RuleChains;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.wire.http.HttpError;

/// What a rule chain was: its versions, what differs between two, and back to one of them.
final class RuleChainVersionsApi {
  private static final String CHAIN = "/api/ruleChain/{ruleChainId}";

  private final Guard guard;
  private final EntityStore entities;
  private final RuleEngine rules;
  private final DeployGate gate;

  RuleChainVersionsApi(Guard guard, EntityStore entities, RuleEngine rules, DeployGate gate) {
    this.guard = guard;
    this.entities = entities;
    this.rules = rules;
    this.gate = gate;
  }

  void routes(RouteTable table) {
    var tenant = RouteTable.TENANT;
    table.get(
        CHAIN + "/versions",
        tenant,
        "Versions of a rule chain, latest first: when, by whom, why.",
        r -> Reply.list(entities.ruleChainVersions().of(chain(r).id()), this::summary));
    table.get(
        CHAIN + "/versions/{version}",
        tenant,
        "A rule chain as it was.",
        r -> Reply.of(whole(version(r, chain(r)))));
    table.get(
        CHAIN + "/diff",
        tenant,
        "What ?to= (absent: now) has otherwise than ?from=, in nodes, settings and connections.",
        this::difference);
    table.query(
        CHAIN + "/diff",
        tenant,
        "What the metadata in the body has otherwise than the chain as it is.",
        r -> {
          var chain = chain(r);
          return Reply.of(ChainDifference.of(chain.metadata(), r.bodyObject()).toJson());
        });
    table.post(
        CHAIN + "/versions/{version}/restore",
        tenant,
        "Makes the chain what it was; its gate is asked. ?remark= says why.",
        this::restore);
  }

  /// How the caller signs a change.
  static RuleChains.Change change(Request request, String fallback) {
    return new RuleChains.Change(
        Caller.current().email(), request.query("remark").orElse(fallback));
  }

  private StoredRuleChain chain(Request request) {
    return guard.ruleChain(request.id("ruleChainId", EntityType.RULE_CHAIN));
  }

  private RuleChainVersion version(Request request, StoredRuleChain chain) {
    return version(chain, request.pathNumber("version"));
  }

  private RuleChainVersion version(StoredRuleChain chain, long version) {
    return entities
        .ruleChainVersions()
        .find(chain.id(), version)
        .orElseThrow(
            () ->
                HttpError.notFound(
                    "Version %d of %s is not kept; see its versions (entities.versionsPerRuleChain)."
                        .formatted(version, chain.name())));
  }

  private Reply difference(Request request) {
    var chain = chain(request);
    var from = version(chain, Request.number("from", request.required("from")));
    var to = request.number("to");
    var after = to.isPresent() ? version(chain, to.getAsLong()).metadata() : chain.metadata();
    return Reply.of(ChainDifference.of(from.metadata(), after).toJson());
  }

  private Reply restore(Request request) {
    var chain = chain(request);
    var version = version(request, chain);
    rules.requireSound(version.metadata());
    var restored =
        chain
            .withMetadata(version.metadata())
            .withAdditionalInfo(DeployGate.keep(chain.additionalInfo(), version.additionalInfo()));
    var failures = gate.check(restored);
    var saved =
        entities
            .ruleChains()
            .save(restored, change(request, "back to version " + version.version()));
    return Reply.of(StoredChainJson.metadata(saved, failures));
  }

  private JsonObject summary(RuleChainVersion version) {
    return JsonObject.builder()
        .put("version", version.version())
        .put("createdTime", version.createdTime())
        .put("author", version.author())
        .put("remark", version.remark())
        .put("name", version.name())
        .put("nodes", StoredChainJson.nodes(version.metadata()).size())
        .build();
  }

  private JsonObject whole(RuleChainVersion version) {
    return summary(version).toBuilder()
        .put("configuration", EntityJson.infoOrNull(version.configuration()))
        .put("additionalInfo", EntityJson.infoOrNull(version.additionalInfo()))
        .put("metadata", version.metadata())
        .build();
  }
}
