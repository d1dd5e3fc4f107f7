package io.millrace.engine.rules;

import java.util.Comparator;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One message's visit to one node.
public record Visit(
    UUID chainId, String chain, UUID nodeId, String node, NodeFigures.Recent recent) {
  static final Comparator<Visit> IN_ORDER =
      Comparator.comparingLong((Visit visit) -> visit.recent().ts())
          .thenComparingLong(visit -> visit.recent().at());

  static Stream<Visit> of(RuleChain chain, Predicate<NodeFigures.Recent> wanted) {
    var definition = chain.definition();
    return chain.nodes().stream()
        .flatMap(
            node ->
                node.ledger().recent().stream()
                    .filter(wanted)
                    .map(
                        recent ->
                            new Visit(
                                definition.id(),
                                definition.name(),
                                node.id(),
                                node.name(),
                                recent)));
  }
}
