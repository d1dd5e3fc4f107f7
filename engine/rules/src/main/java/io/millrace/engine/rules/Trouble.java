package io.millrace.engine.rules;

import java.util.UUID;
import java.util.stream.Stream;

/// A node that has failed, and its chain.
public record Trouble(UUID chainId, String chain, NodeFigures figures) {
  static Stream<Trouble> of(RuleChain chain) {
    var definition = chain.definition();
    return chain.nodes().stream()
        .map(node -> node.ledger().figures(node.id(), node.name(), node.connections()))
        .filter(figures -> figures.failed() > 0)
        .map(figures -> new Trouble(definition.id(), definition.name(), figures));
  }
}
