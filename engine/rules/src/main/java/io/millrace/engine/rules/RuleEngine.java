package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.rules.ChainProblem.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every tenant's rule chains, compiled, and the door by which messages enter them.
///
/// A change of a chain is seen by whole messages only: one that is on its way finishes on the graph
/// that it started on. [#run] and [#resume] belong to partition threads; the rest is for any.
public final class RuleEngine {
  /// The type of the message that sets off a node that [RuleNode#startsItself].
  public static final String NODE_STARTED = "NODE_STARTED";

  private final Config config;
  private final Clock clock;
  private final NodeTypes types;
  private final NodeServices services;
  private final RuleChainCompiler compiler;
  private volatile ChainSet chains;
  private final Shadows shadows;
  private volatile Consumer<CallFrame> starter = _ -> {};
  private volatile ValueWatch watch = ValueWatch.NONE;
  private volatile Function<NodeServices, ValueWatch> watcher = _ -> ValueWatch.NONE;

  public RuleEngine(
      Config config, NodeTypes types, NodeServices services, Routes routes, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.types = types;
    this.services = services;
    this.compiler = new RuleChainCompiler(config, types, new NodeSetup(services, routes, "", ""));
    this.chains = ChainSet.empty(routes);
    this.shadows = new Shadows(this, config.shadowsMax(), clock);
  }

  /// Says who computes further values, here and in rehearsals; before messages come.
  ///
  /// @param maker makes one that reads and writes through those services
  public void watch(Function<NodeServices, ValueWatch> maker) {
    watcher = maker;
    watch = maker.apply(services);
  }

  /// Tells calculated fields of values that somebody saved without a chain, in that batch.
  public void told(RuleMessage cause, ValueChange change, EntityId tenantId, BatchContext batch) {
    runner(tenantId, cause, batch).told(cause, change);
  }

  /// Takes chains into service, new ones and new versions; a node that cannot work fails its
  /// messages with the reason and is listed among the chain's problems.
  public void deploy(Collection<ChainDefinition> definitions) {
    var compiled = definitions.stream().map(this::compile).toList();
    List<RuleChain> fresh;
    synchronized (compiler) {
      fresh = compiled.stream().filter(chain -> chain != same(chain)).toList();
      chains = chains.with(compiled);
    }
    fresh.forEach(chain -> shadows.chainChanged(chain.definition().id()));
    fresh.forEach(this::startNodes);
  }

  /// Has `starter` see to it that [#wake] is called, with a [#NODE_STARTED] message of the tenant,
  /// for each node that works by itself: now, and whenever a chain with such nodes is deployed.
  public void onSelfStarting(Consumer<CallFrame> starter) {
    synchronized (compiler) {
      this.starter = starter;
    }
    chains.all().forEach(this::startNodes);
  }

  public void remove(UUID chainId) {
    synchronized (compiler) {
      chains = chains.without(chainId);
    }
    shadows.chainChanged(chainId);
  }

  /// What is wrong with that metadata JSON; nothing of it is deployed.
  public List<ChainProblem> check(JsonObject metadata) {
    var nobody = new EntityId(EntityType.TENANT, CallFrame.START);
    return compiler
        .compile(new ChainDefinition(CallFrame.START, nobody, "", false, metadata))
        .problems();
  }

  /// Refuses metadata that cannot be taken; what is only inoperable passes.
  ///
  /// @throws RuleChainException listing every problem, each naming the node and the cure
  public void requireSound(JsonObject metadata) {
    var errors = check(metadata).stream().filter(problem -> problem.kind() == Kind.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new RuleChainException(errors);
    }
  }

  /// Runs a message through its chain; all effects go into the batch.
  ///
  /// Never throws for what a chain or a node did: that is counted and listed on the node.
  public Verdict run(RuleMessage message, EntityId tenantId, BatchContext batch) {
    shadows.entered(tenantId, message, batch.now());
    return runner(tenantId, message, batch).start(message);
  }

  /// Goes on at the node that called outside.
  public void resume(CallFrame where, RuleMessage message, Answer answer, BatchContext batch) {
    var runner = runner(where.tenantId(), message, batch);
    if (where.nodeId().equals(CallFrame.START)) {
      runner.answered(message, answer);
    } else {
      shadows.answered(where, message, answer);
      runner.resume(where, message, answer);
    }
  }

  /// Goes on at the node that set a timer, now that it is due.
  public void wake(CallFrame where, RuleMessage message, BatchContext batch) {
    var runner = runner(where.tenantId(), message, batch);
    if (where.nodeId().equals(CallFrame.START)) {
      var _ = runner.start(message);
    } else {
      runner.wake(where, message);
    }
  }

  /// What the chain's nodes have done, in the order of the metadata; empty for an unknown chain.
  public List<NodeFigures> figures(UUID chainId) {
    var chain = chains.find(chainId);
    return chain == null
        ? List.of()
        : chain.nodes().stream()
            .map(node -> node.ledger().figures(node.id(), node.name(), node.connections()))
            .toList();
  }

  /// Where a message has been lately, across the tenant's chains, in order: as far as the nodes'
  /// recent messages go back.
  public List<Visit> trace(EntityId tenantId, UUID messageId) {
    return ofTenant(tenantId).stream()
        .flatMap(chain -> Visit.of(chain, recent -> recent.message().id().equals(messageId)))
        .sorted(Visit.IN_ORDER)
        .toList();
  }

  /// The tenant's nodes that have failed, the latest first.
  public List<Trouble> troubles(EntityId tenantId) {
    return ofTenant(tenantId).stream()
        .flatMap(Trouble::of)
        .sorted(
            Comparator.comparingLong((Trouble trouble) -> trouble.figures().lastErrorTs())
                .reversed())
        .toList();
  }

  /// Which of the tenant's chains calls which, by which node.
  public List<ChainCall> calls(EntityId tenantId) {
    return ofTenant(tenantId).stream().flatMap(ChainCall::of).toList();
  }

  private List<RuleChain> ofTenant(EntityId tenantId) {
    return chains.all().stream()
        .filter(chain -> chain.definition().tenantId().equals(tenantId))
        .toList();
  }

  /// A rehearsal of the tenant's chains as they are, that one in place of the one with its id.
  ///
  /// @param changed metadata of the chain to be rehearsed; as deployed when it is empty
  public Rehearsal rehearse(EntityId tenantId, UUID chainId, JsonObject changed) {
    var chains = definitions(tenantId, chainId, changed).toList();
    return new Rehearsal(config, types, services, watcher, tenantId, chains);
  }

  /// Changed chains that run beside the live ones.
  public Shadows shadows() {
    return shadows;
  }

  /// A chain test of a message that entered the chain lately, as its first node remembers it.
  ///
  /// @throws IllegalArgumentException when it does not
  public JsonObject record(EntityId tenantId, UUID chainId, UUID messageId) {
    var chain = chains.chain(tenantId, chainId);
    if (chain == null) {
      throw new IllegalArgumentException("There is no rule chain " + chainId);
    }
    var message = ChainRecording.entered(chain, messageId);
    try (var rehearsal = rehearseFrom(tenantId, chainId, JsonObject.EMPTY)) {
      return ChainRecording.of(services.attributes(), tenantId, message, rehearsal);
    }
  }

  /// The same, with every message entering that chain, whatever its originator.
  public Rehearsal rehearseFrom(EntityId tenantId, UUID chainId, JsonObject changed) {
    var chains =
        definitions(tenantId, chainId, changed)
            .map(each -> each.withRoot(each.id().equals(chainId)))
            .toList();
    return new Rehearsal(config, types, services, watcher, tenantId, chains, Routes.ROOT);
  }

  private Stream<ChainDefinition> definitions(EntityId tenantId, UUID chainId, JsonObject changed) {
    return ofTenant(tenantId).stream()
        .map(RuleChain::definition)
        .map(
            each ->
                each.id().equals(chainId) && !changed.isEmpty()
                    ? new ChainDefinition(chainId, tenantId, each.name(), each.root(), changed)
                    : each)
        .sorted(Comparator.comparing(ChainDefinition::id));
  }

  /// What the nodes of all chains have done.
  public RuleTotals totals() {
    var all = chains.all();
    var totals = new RuleTotals(all.size(), 0, 0, 0);
    for (var chain : all) {
      for (var node : chain.nodes()) {
        totals = node.ledger().addTo(totals);
      }
    }
    return totals;
  }

  /// The problems of a deployed chain; empty for a sound or an unknown one.
  public List<ChainProblem> problems(UUID chainId) {
    var chain = chains.find(chainId);
    return chain == null ? List.of() : chain.problems();
  }

  /// The kinds of nodes there are, for the editor.
  public NodeTypes types() {
    return types;
  }

  /// A chain whose graph did not change keeps it, with its figures.
  private RuleChain compile(ChainDefinition definition) {
    var deployed = chains.find(definition.id());
    return deployed != null && deployed.hasGraphOf(definition)
        ? deployed.as(definition)
        : compiler.compile(definition);
  }

  /// The deployed chain whose graph that one kept, if it kept one.
  private @Nullable RuleChain same(RuleChain compiled) {
    var deployed = chains.find(compiled.definition().id());
    return deployed != null && deployed.nodes().equals(compiled.nodes()) ? compiled : null;
  }

  private void startNodes(RuleChain chain) {
    var definition = chain.definition();
    for (var node : chain.nodes()) {
      if (node.node().startsItself()) {
        starter.accept(
            new CallFrame(definition.tenantId(), definition.id(), node.id(), "", List.of()));
      }
    }
  }

  private RuleChainRunner runner(EntityId tenantId, RuleMessage message, BatchContext batch) {
    return new RuleChainRunner(config, chains, clock, tenantId, message.originator(), watch, batch);
  }
}
