package io.millrace.engine.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A compiled chain: an immutable graph of nodes. Any thread.
final class RuleChain {
  private final ChainDefinition definition;
  private final List<ChainNode> nodes;
  private final @Nullable ChainNode first;
  private final List<ChainProblem> problems;
  private final Map<UUID, ChainNode> byId = new HashMap<>();

  RuleChain(
      ChainDefinition definition,
      List<ChainNode> nodes,
      @Nullable ChainNode first,
      List<ChainProblem> problems) {
    this.definition = definition;
    this.nodes = List.copyOf(nodes);
    this.first = first;
    this.problems = List.copyOf(problems);
    this.nodes.forEach(node -> byId.put(node.id(), node));
  }

  boolean hasGraphOf(ChainDefinition other) {
    return definition.id().equals(other.id()) && definition.metadata().equals(other.metadata());
  }

  /// The same graph under another name, or as root or not.
  RuleChain as(ChainDefinition changed) {
    return new RuleChain(changed, nodes, first, problems);
  }

  ChainDefinition definition() {
    return definition;
  }

  List<ChainNode> nodes() {
    return nodes;
  }

  /// Where messages enter; null when they end at once.
  @Nullable ChainNode first() {
    return first;
  }

  List<ChainProblem> problems() {
    return problems;
  }

  @Nullable ChainNode node(UUID nodeId) {
    return byId.get(nodeId);
  }
}
