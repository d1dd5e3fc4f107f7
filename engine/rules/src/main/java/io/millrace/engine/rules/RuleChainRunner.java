package io.millrace.engine.rules;

import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.Commit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one message, and all it causes in the same batch, node by node.
///
/// No recursion: what is still to do is a stack, so a path is followed to its end before the next
/// begins, and a chain that runs in circles meets a bound, not the end of the call stack.
/// Lives for one message, on the partition's thread.
final class RuleChainRunner {
  private static final Logger log = LoggerFactory.getLogger(RuleChainRunner.class);
  private final Config config;
  private final ChainSet chains;
  private final Clock clock;
  private final EntityId tenantId;
  private final EntityId home;
  private final BatchContext batch;
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private final ArrayDeque<RuleMessage> further = new ArrayDeque<>();
  private final Context context = new Context();
  private final long startNanos;
  private int taken;

  /// @param home the originator whose partition this is
  RuleChainRunner(
      Config config,
      ChainSet chains,
      Clock clock,
      EntityId tenantId,
      EntityId home,
      BatchContext batch) {
    this.config = config;
    this.chains = chains;
    this.clock = clock;
    this.tenantId = tenantId;
    this.home = home;
    this.batch = batch;
    this.startNanos = clock.nanos();
  }

  /// A node to visit.
  private record Step(ChainNode node, RuleMessage message, @Nullable Callers callers) {}

  /// The nodes that entered the chain in which a step is, innermost first.
  private record Callers(ChainNode node, @Nullable Callers outer, int depth) {}

  void start(RuleMessage message) {
    begin(message);
    work();
  }

  /// Goes on at a node that asked the outside, or along one of its connections.
  void resume(CallFrame where, RuleMessage message, Answer answer) {
    var node = found(where, message, "an answer");
    if (node == null) {
      return;
    }
    if (where.connection().isEmpty()) {
      visit(node, message, callers(where), () -> node.node().onAnswer(message, answer, context));
    } else {
      emit(node, new Emission(where.connection(), message), callers(where));
    }
    work();
  }

  /// Goes on at a node whose timer is due.
  void wake(CallFrame where, RuleMessage message) {
    var node = found(where, message, "a timer");
    if (node != null) {
      visit(node, message, callers(where), () -> node.node().onTimer(message, context));
      work();
    }
  }

  private @Nullable ChainNode found(CallFrame where, RuleMessage message, String what) {
    var node = find(where.chainId(), where.nodeId());
    if (node == null) {
      log.warn(
          "Tenant {}: {} came for node {} of rule chain {}, which is no longer there; message {}"
              + " ends",
          tenantId.id(),
          what,
          where.nodeId(),
          where.chainId(),
          message.id());
    }
    return node;
  }

  private void begin(RuleMessage message) {
    var first = chains.entry(tenantId, message.originator());
    if (first != null) {
      steps.push(new Step(first, message, null));
    }
  }

  private void work() {
    while (true) {
      while (!steps.isEmpty()) {
        var step = steps.pop();
        if (isOver()) {
          refuse(step);
        } else {
          visit(step.node(), step.message(), step.callers(), null);
        }
      }
      if (further.isEmpty()) {
        return;
      }
      begin(further.poll());
    }
  }

  private boolean isOver() {
    return ++taken > config.stepsPerMessageMax()
        || ((taken & 0xFF) == 0
            && clock.nanos() - startNanos > config.timePerMessageMax().toNanos());
  }

  private void refuse(Step step) {
    var reason =
        "A message and what it caused took more than rules.stepsPerMessageMax=%d nodes or rules.timePerMessageMax=%s; it ends here. Look for connections or rule chains that lead in a circle."
            .formatted(config.stepsPerMessageMax(), config.timePerMessageMax());
    step.node().ledger().visited(step.message(), Outcome.FAILURE, batch.now(), 0);
    step.node().ledger().failed(reason, batch.now(), true);
  }

  /// @param how what to ask the node; null for the usual [RuleNode#on], which costs no object
  private void visit(
      ChainNode node,
      RuleMessage message,
      @Nullable Callers callers,
      @Nullable Supplier<Outcome> how) {
    long from = clock.nanos();
    var outcome = outcome(node, message, callers, how);
    node.ledger().visited(message, label(outcome), batch.now(), clock.nanos() - from);
    follow(node, callers, outcome);
  }

  private Outcome outcome(
      ChainNode node,
      RuleMessage message,
      @Nullable Callers callers,
      @Nullable Supplier<Outcome> how) {
    context.visited = node;
    context.callers = callers;
    try {
      return how == null ? node.node().on(message, context) : how.get();
    } catch (RuntimeException e) {
      log.debug("Tenant {}: node {} failed", tenantId.id(), node.id(), e);
      return Outcome.failed(message, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void follow(ChainNode node, @Nullable Callers callers, Outcome outcome) {
    switch (outcome) {
      case Outcome.Next(var emissions) -> {
        for (int i = emissions.size() - 1; i >= 0; i--) { // a stack: the first comes off first
          emit(node, emissions.get(i), callers);
        }
      }
      case Outcome.Failed(var message, var reason) -> fail(node, message, reason, callers);
      case Outcome.Call(var call, var message) ->
          batch.callOutside(frame(node, "", callers), message, call);
      case Outcome.Enter(var chainId, var message) -> enter(node, chainId, message, callers);
      case Outcome.Leave(var label, var message) -> leave(label, message, callers);
      case Outcome.Done() -> {}
    }
  }

  private void emit(ChainNode node, Emission emission, @Nullable Callers callers) {
    var connection = node.connection(emission.connection());
    if (connection == null) {
      node.ledger().emittedLoose(emission.connection());
      return;
    }
    if (!emission.message().originator().equals(home)) {
      hop(node, emission, callers);
      return;
    }
    connection.taken().increment();
    var targets = connection.targets();
    for (int i = targets.size() - 1; i >= 0; i--) {
      steps.push(new Step(targets.get(i), emission.message(), callers));
    }
  }

  /// The message has another originator now: that one's partition goes on with it.
  private void hop(ChainNode node, Emission emission, @Nullable Callers callers) {
    batch.callOutside(
        frame(node, emission.connection(), callers), emission.message(), OutsideCall.hop());
  }

  private void fail(ChainNode node, RuleMessage message, String reason, @Nullable Callers callers) {
    boolean isLost = node.connection(Outcome.FAILURE) == null;
    node.ledger().failed(reason, batch.now(), isLost);
    emit(node, new Emission(Outcome.FAILURE, message), callers);
  }

  private void enter(ChainNode node, UUID chainId, RuleMessage message, @Nullable Callers callers) {
    var chain = chains.chain(tenantId, chainId);
    if (chain == null) {
      fail(
          node,
          message,
          "Rule chain %s does not exist. Choose another in this node.".formatted(chainId),
          callers);
    } else if (depth(callers) >= config.chainDepthMax() || isIn(node, callers)) {
      fail(
          node,
          message,
          "Rule chains call each other in a circle, or more than rules.chainDepthMax=%d deep. Break the circle at this node."
              .formatted(config.chainDepthMax()),
          callers);
    } else if (chain.first() != null) {
      steps.push(new Step(chain.first(), message, new Callers(node, callers, depth(callers) + 1)));
    }
  }

  private void leave(String label, RuleMessage message, @Nullable Callers callers) {
    if (callers != null) {
      emit(callers.node(), new Emission(label, message), callers.outer());
    }
  }

  private CallFrame frame(ChainNode node, String connection, @Nullable Callers callers) {
    var stack = new ArrayList<CallFrame.Caller>();
    for (var caller = callers; caller != null; caller = caller.outer()) {
      stack.addFirst(new CallFrame.Caller(caller.node().chainId(), caller.node().id()));
    }
    return new CallFrame(tenantId, node.chainId(), node.id(), connection, stack);
  }

  /// The stack as it was; callers that are no longer there are left out.
  private @Nullable Callers callers(CallFrame where) {
    Callers callers = null;
    for (var caller : where.callers()) {
      var node = find(caller.chainId(), caller.nodeId());
      if (node != null) {
        callers = new Callers(node, callers, depth(callers) + 1);
      }
    }
    return callers;
  }

  private @Nullable ChainNode find(UUID chainId, UUID nodeId) {
    var chain = chains.chain(tenantId, chainId);
    return chain == null ? null : chain.node(nodeId);
  }

  private static int depth(@Nullable Callers callers) {
    return callers == null ? 0 : callers.depth();
  }

  private static boolean isIn(ChainNode node, @Nullable Callers callers) {
    for (var caller = callers; caller != null; caller = caller.outer()) {
      if (caller.node().id().equals(node.id())) {
        return true;
      }
    }
    return false;
  }

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Next(var emissions) ->
          emissions.isEmpty() ? "done" : emissions.getFirst().connection();
      case Outcome.Failed failed -> Outcome.FAILURE;
      case Outcome.Call call -> "call";
      case Outcome.Enter enter -> "enter";
      case Outcome.Leave(var label, _) -> label;
      case Outcome.Done done -> "done";
    };
  }

  /// The context of whichever node is visited; one object for the whole run.
  private final class Context implements NodeContext {
    private @Nullable ChainNode visited;
    private @Nullable Callers callers;

    @Override
    public Commit commit() {
      return batch.commit();
    }

    @Override
    public EntityId tenantId() {
      return tenantId;
    }

    @Override
    public UUID chainId() {
      return visited().chainId();
    }

    @Override
    public UUID nodeId() {
      return visited().id();
    }

    @Override
    public long now() {
      return batch.now();
    }

    @Override
    public UUID newId() {
      return batch.newId();
    }

    @Override
    public void log(String line) {
      log.info("Tenant {} node {} ({}): {}", tenantId.id(), visited().name(), nodeId(), line);
    }

    @Override
    public void enqueue(RuleMessage message) {
      if (message.originator().equals(home)) {
        further.add(message);
      } else {
        batch.callOutside(CallFrame.start(tenantId), message, OutsideCall.hop());
      }
    }

    @Override
    public void wakeLater(RuleMessage message, long atMs) {
      batch.wakeLater(frame(visited(), "", callers), message, atMs);
    }

    private ChainNode visited() {
      if (visited == null) {
        throw new IllegalStateException("No node is being visited");
      }
      return visited;
    }
  }
}
