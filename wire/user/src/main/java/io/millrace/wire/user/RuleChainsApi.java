package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.rules.ChainProblem;
import io.millrace.engine.rules.NodeFigures;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Page;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.wire.http.HttpError;
import java.util.List;
import java.util.function.Function;

/// Rule chains: read, write, export, import, and what their nodes have done.
final class RuleChainsApi {
  private static final String TENANTS_CHAINS = "/api/ruleChains";
  private static final String CHAIN = "/api/ruleChain/{ruleChainId}";

  private final Guard guard;
  private final EntityStore entities;
  private final RuleEngine rules;
  private final DeployGate gate;
  private final ChainTestsApi tests;

  RuleChainsApi(
      Guard guard, EntityStore entities, RuleEngine rules, DeployGate gate, ChainTestsApi tests) {
    this.gate = gate;
    this.tests = tests;
    this.guard = guard;
    this.entities = entities;
    this.rules = rules;
  }

  void routes(RouteTable table) {
    var tenant = RouteTable.TENANT;
    table.get(
        TENANTS_CHAINS,
        tenant,
        "The tenant's rule chains.",
        r -> Reply.page(page(r), StoredChainJson::of));
    table.get(TENANTS_CHAINS + "/export", tenant, "All chains with metadata.", this::exportAll);
    table.post(TENANTS_CHAINS + "/import", tenant, "Imports an export of chains.", this::importAll);
    table.get(CHAIN, tenant, "A rule chain.", r -> Reply.of(StoredChainJson.of(chain(r))));
    table.post("/api/ruleChain", tenant, "Makes a rule chain, or changes one.", this::save);
    table.delete(CHAIN, tenant, "Deletes a rule chain.", this::delete);
    table.get(
        CHAIN + "/metadata",
        tenant,
        "Nodes and connections of a rule chain.",
        r -> Reply.of(StoredChainJson.metadata(chain(r))));
    table.post(
        "/api/ruleChain/metadata",
        tenant,
        "Changes nodes and connections of a rule chain.",
        this::saveMetadata);
    table.post(
        CHAIN + "/root",
        tenant,
        "Makes this the chain where messages start.",
        r -> Reply.of(StoredChainJson.of(entities.ruleChains().makeRoot(chain(r).id()))));
    table.get(CHAIN + "/output/labels", tenant, "Names of the output nodes.", this::outputLabels);
    table.get(
        CHAIN + "/figures",
        tenant,
        "What each node has done since the chain was last changed.",
        this::figures);
    table.get(CHAIN + "/export", tenant, "The chain as a file.", this::export);
    table.post("/api/ruleChain/import", tenant, "Makes a chain of a file.", this::importOne);
  }

  private Page<StoredRuleChain> page(Request request) {
    return entities.ruleChains().page(Caller.current().tenantId(), request.pageLink());
  }

  private StoredRuleChain chain(Request request) {
    return guard.ruleChain(request.id("ruleChainId", EntityType.RULE_CHAIN));
  }

  private Reply save(Request request) {
    var body = request.body();
    var known = body.id("id", EntityType.RULE_CHAIN).map(guard::ruleChain);
    var chain = known.orElseGet(() -> fresh(body.text("name")));
    return Reply.of(
        StoredChainJson.of(
            entities
                .ruleChains()
                .save(
                    StoredChainJson.changed(chain, body),
                    RuleChainVersionsApi.change(request, ""))));
  }

  private StoredRuleChain fresh(String name) {
    var id = entities.newId(EntityType.RULE_CHAIN);
    return StoredRuleChain.named(
        id, Caller.current().tenantId(), name, StoredChainJson.emptyMetadata(id));
  }

  private Reply saveMetadata(Request request) {
    var body = request.body();
    var id =
        body.id("ruleChainId", EntityType.RULE_CHAIN)
            .orElseThrow(() -> HttpError.badField("ruleChainId", "should be specified!"));
    var chain = guard.ruleChain(id);
    var changed = withMetadata(chain, body);
    var failures = gate.check(changed);
    var saved = entities.ruleChains().save(changed, RuleChainVersionsApi.change(request, ""));
    return Reply.of(StoredChainJson.metadata(saved, failures));
  }

  private StoredRuleChain withMetadata(StoredRuleChain chain, Fields body) {
    rules.requireSound(body.json());
    var stored =
        RuleChainJson.withIds(
            body.json().without("version").without("testFailures"),
            chain.id().id(),
            () -> entities.newId(EntityType.RULE_NODE).id());
    return StoredChainJson.atVersion(chain, body.number("version")).withMetadata(stored);
  }

  private StoredRuleChain gated(StoredRuleChain chain, Fields body) {
    var changed = withMetadata(chain, body);
    var _ = gate.check(changed);
    return changed;
  }

  private Reply delete(Request request) {
    var chain = chain(request);
    if (chain.root()) {
      throw HttpError.badRequest(
          "Deletion of Root Tenant Rule Chain is prohibited!"); // ThingsBoard's words
    }
    entities.ruleChains().delete(chain.id());
    return Reply.empty();
  }

  private Reply outputLabels(Request request) {
    var nodes = StoredChainJson.nodes(chain(request).metadata());
    return Reply.list(
        nodes.stream()
            .filter(node -> node.text("type", "").endsWith(".TbRuleChainOutputNode"))
            .map(node -> node.text("name", ""))
            .sorted()
            .toList(),
        JsonString::new);
  }

  private Reply figures(Request request) {
    var chain = chain(request);
    return Reply.of(
        JsonObject.builder()
            .put("nodes", array(rules.figures(chain.id().id()), RuleChainsApi::json))
            .put("problems", array(rules.problems(chain.id().id()), RuleChainsApi::json))
            .build());
  }

  private Reply export(Request request) {
    var chain = chain(request);
    var file = RuleChainJson.write(StoredChainJson.of(chain), chain.metadata());
    var tests = entities.ruleChainTests().of(chain.id());
    return Reply.of(
        tests.isEmpty() ? file : file.with("tests", array(tests, ChainTestsApi::exported)));
  }

  private Reply importOne(Request request) {
    var file = RuleChainJson.read(request.bodyValue());
    var chain = StoredChainJson.changed(fresh(file.name()), new Fields(file.ruleChain()));
    var saved =
        entities
            .ruleChains()
            .save(
                withMetadata(chain, new Fields(unowned(file.metadata()))),
                RuleChainVersionsApi.change(request, "imported"));
    tests.importAll(saved, request.bodyObject().get("tests"));
    return Reply.of(StoredChainJson.of(saved));
  }

  private Reply exportAll(Request request) {
    long limit = request.number("limit", 1_000);
    var chains =
        entities.ruleChains().ofTenant(Caller.current().tenantId()).stream().limit(limit).toList();
    return Reply.of(
        JsonObject.builder()
            .put("ruleChains", array(chains, StoredChainJson::of))
            .put("metadata", array(chains, StoredChainJson::metadata))
            .build());
  }

  private Reply importAll(Request request) {
    return Reply.of(
        new RuleChainImport(entities, this::gated)
            .run(request.bodyObject(), request.flag("overwrite", false)));
  }

  /// A file's nodes get ids of their own, so that the same file can be imported twice.
  static JsonObject unowned(JsonObject metadata) {
    return metadata.get("nodes") instanceof JsonArray nodes
        ? metadata.with(
            "nodes",
            new JsonArray(
                nodes.values().stream()
                    .map(node -> node instanceof JsonObject object ? object.without("id") : node)
                    .toList()))
        : metadata;
  }

  private static JsonObject json(NodeFigures figures) {
    var emitted = JsonObject.builder();
    figures.emitted().forEach(emitted::put);
    return JsonObject.builder()
        .put("nodeId", figures.nodeId().toString())
        .put("name", figures.name())
        .put("received", figures.received())
        .put("failed", figures.failed())
        .put("lost", figures.lost())
        .put("emitted", emitted.build())
        .put("lastError", EntityJson.textOrNull(figures.lastError()))
        .put("lastErrorTs", figures.lastErrorTs())
        .put("busyNanos", figures.busyNanos())
        .put("latency", latency(figures.latency()))
        .put("recent", array(figures.recent(), RuleChainsApi::json))
        .build();
  }

  /// Counts by class: the first took less than `firstNanos`, each further one twice as much.
  private static JsonObject latency(NodeFigures.Latency latency) {
    return JsonObject.builder()
        .put("firstNanos", latency.firstNanos())
        .put("counts", array(latency.counts(), JsonLong::new))
        .put("p50Nanos", latency.below(0.5))
        .put("p99Nanos", latency.below(0.99))
        .build();
  }

  static JsonObject json(NodeFigures.Recent recent) {
    var message = recent.message();
    return JsonObject.builder()
        .put("ts", recent.ts())
        .put("outcome", recent.outcome())
        .put("id", message.id().toString())
        .put("msgType", message.type())
        .put("originator", EntityJson.id(message.originator()))
        .put("metadata", message.metadata())
        .put("msg", message.body())
        .build();
  }

  private static JsonObject json(ChainProblem problem) {
    return JsonObject.builder()
        .put("kind", problem.kind().name())
        .put("nodeIndex", problem.nodeIndex())
        .put("node", problem.node())
        .put("message", problem.message())
        .build();
  }

  private static <T> JsonArray array(List<T> rows, Function<? super T, ? extends JsonValue> shape) {
    return new JsonArray(rows.stream().<JsonValue>map(shape).toList());
  }
}
