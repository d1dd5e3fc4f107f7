package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
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
  private final ValueWatch watch;
  private final BatchEffects effects;
  private final BatchContext batch;
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private final ArrayDeque<RuleMessage> further = new ArrayDeque<>();
  private final Context context = new Context();
  private final long startNanos;
  private long visitedNanos;
  private Verdict verdict = Verdict.WELL;
  private String queue = "";
  private int taken;

  /// @param home the originator whose partition this is
  RuleChainRunner(
      Config config,
      ChainSet chains,
      Clock clock,
      EntityId tenantId,
      EntityId home,
      ValueWatch watch,
      BatchContext batch) {
    this.config = config;
    this.chains = chains;
    this.clock = clock;
    this.tenantId = tenantId;
    this.home = home;
    this.watch = watch;
    this.batch = batch;
    this.effects = new BatchEffects(tenantId, home, batch, further::add);
    this.startNanos = clock.nanos();
    this.visitedNanos = startNanos;
  }

  /// A node to visit.
  ///
  /// @param from the step that led here; null for the first
  record Step(
      ChainNode node, RuleMessage message, @Nullable Callers callers, @Nullable Step from) {}

  /// The nodes that entered the chain in which a step is, innermost first.
  record Callers(ChainNode node, @Nullable Callers outer, int depth) {}

  /// Runs the message; tells what came of it, the first trouble when there is more than one.
  Verdict start(RuleMessage message) {
    begin(message);
    work();
    return verdict;
  }

  /// Goes on with a message that came from elsewhere, or that the watch called with.
  void answered(RuleMessage message, Answer answer) {
    if (!watch.answered(message, answer, effects)) {
      begin(message);
    }
    work();
  }

  /// Lets the watch work on values that were saved outside of chains, and what it sends.
  void told(RuleMessage cause, ValueChange change) {
    watch.saved(cause, change, effects);
    work();
  }

  /// Goes on at a node that asked the outside, or along one of its connections.
  void resume(CallFrame where, RuleMessage message, Answer answer) {
    var node = found(where, message, "an answer");
    if (node == null) {
      return;
    }
    if (where.connection().isEmpty()) {
      visit(
          new Step(node, message, callers(where), null),
          () -> node.node().onAnswer(message, answer, context));
    } else {
      var callers = callers(where);
      emit(
          new Step(node, message, callers, null),
          node,
          new Emission(where.connection(), message),
          callers);
    }
    work();
  }

  /// Goes on at a node whose timer is due.
  void wake(CallFrame where, RuleMessage message) {
    var node = found(where, message, "a timer");
    if (node != null) {
      visit(
          new Step(node, message, callers(where), null),
          () -> node.node().onTimer(message, context));
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
    if (watch.enters(message, effects)) {
      return;
    }
    var first = chains.entry(tenantId, message.originator());
    if (first != null) {
      steps.push(new Step(first, message, null, null));
    }
  }

  private void work() {
    while (true) {
      while (!steps.isEmpty()) {
        var step = steps.pop();
        if (isOver()) {
          refuse(step);
        } else {
          visit(step, null);
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
    step.node().ledger().visited(step.message(), Outcome.FAILURE, batch.now(), clock.nanos(), 0);
    step.node().ledger().failed(reason, batch.now(), true);
    verdict = new Verdict(Verdict.Kind.TIMED_OUT, reason, queue);
  }

  /// @param how what to ask the node; null for the usual [RuleNode#on], which costs no object
  private void visit(Step step, @Nullable Supplier<Outcome> how) {
    long from = visitedNanos;
    var outcome = outcome(step, how);
    visitedNanos = clock.nanos(); // where this visit ends the next one begins
    step.node()
        .ledger()
        .visited(step.message(), label(outcome), batch.now(), from, visitedNanos - from);
    follow(step, outcome);
  }

  private Outcome outcome(Step step, @Nullable Supplier<Outcome> how) {
    var node = step.node();
    var message = step.message();
    context.visiting = step;
    try {
      return how == null ? node.node().on(message, context) : how.get();
    } catch (RuntimeException e) {
      log.debug("Tenant {}: node {} failed", tenantId.id(), node.id(), e);
      return Outcome.failed(message, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void follow(Step step, Outcome outcome) {
    var node = step.node();
    var callers = step.callers();
    switch (outcome) {
      case Outcome.Next(var emissions) -> {
        for (int i = emissions.size() - 1; i >= 0; i--) { // a stack: the first comes off first
          emit(step, node, emissions.get(i), callers);
        }
      }
      case Outcome.Failed(var message, var reason) -> fail(step, message, reason);
      case Outcome.Call(var call, var message) ->
          batch.callOutside(frame(node, "", callers), message, call);
      case Outcome.Enter(var chainId, var message) -> enter(step, chainId, message);
      case Outcome.Leave(var label, var message) -> leave(step, label, message);
      case Outcome.Done() -> {}
    }
  }

  /// @param node whose connection it is: that of the step, or one that called the step's chain
  private void emit(Step step, ChainNode node, Emission emission, @Nullable Callers callers) {
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
      steps.push(new Step(targets.get(i), emission.message(), callers, step));
    }
  }

  /// The message has another originator now: that one's partition goes on with it.
  private void hop(ChainNode node, Emission emission, @Nullable Callers callers) {
    batch.callOutside(
        frame(node, emission.connection(), callers), emission.message(), OutsideCall.hop());
  }

  private void fail(Step step, RuleMessage message, String reason) {
    var node = step.node();
    boolean isLost = node.connection(Outcome.FAILURE) == null;
    node.ledger().failed(reason, batch.now(), isLost);
    if (isLost && verdict.isWell()) {
      verdict = new Verdict(Verdict.Kind.FAILED, node.name() + ": " + reason, queue);
    }
    emit(step, node, new Emission(Outcome.FAILURE, message), step.callers());
  }

  private void enter(Step step, UUID chainId, RuleMessage message) {
    var node = step.node();
    var callers = step.callers();
    var chain = chains.chain(tenantId, chainId);
    if (chain == null) {
      fail(
          step,
          message,
          "Rule chain %s does not exist. Choose another in this node.".formatted(chainId));
    } else if (depth(callers) >= config.chainDepthMax() || isIn(node, callers)) {
      fail(
          step,
          message,
          "Rule chains call each other in a circle, or more than rules.chainDepthMax=%d deep. Break the circle at this node."
              .formatted(config.chainDepthMax()));
    } else if (chain.first() != null) {
      steps.push(
          new Step(chain.first(), message, new Callers(node, callers, depth(callers) + 1), step));
    }
  }

  private void leave(Step step, String label, RuleMessage message) {
    var callers = step.callers();
    if (callers != null) {
      emit(step, callers.node(), new Emission(label, message), callers.outer());
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
    private @Nullable Step visiting;

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
    public void queue(String name) {
      queue = name;
    }

    @Override
    public void log(String line) {
      log.info("Tenant {} node {} ({}): {}", tenantId.id(), visited().name(), nodeId(), line);
    }

    @Override
    public void enqueue(RuleMessage message) {
      effects.send(message);
    }

    @Override
    public void told(RuleMessage message, ValueChange change) {
      watch.saved(message, change, effects);
    }

    @Override
    public void wakeLater(RuleMessage message, long atMs) {
      batch.wakeLater(frame(visited(), "", step().callers()), message, atMs);
    }

    @Override
    public Supplier<JsonObject> cause(RuleMessage message) {
      var step = step();
      return () -> Cause.of(step, message, chains);
    }

    private ChainNode visited() {
      return step().node();
    }

    private Step step() {
      if (visiting == null) {
        throw new IllegalStateException("No node is being visited");
      }
      return visiting;
    }
  }
}
