package io.millrace.engine.rules;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One node's place in a compiled chain. Its connections are set once, before the chain is shown
/// to anybody.
final class ChainNode {
  private final UUID chainId;
  private final UUID id;
  private final String name;
  private final RuleNode node;
  private final NodeLedger ledger;
  private List<Connection> connections = List.of();

  ChainNode(UUID chainId, UUID id, String name, RuleNode node, NodeLedger ledger) {
    this.chainId = chainId;
    this.id = id;
    this.name = name;
    this.node = node;
    this.ledger = ledger;
  }

  /// All the targets of one label, and how many messages took it.
  record Connection(String label, List<ChainNode> targets, LongAdder taken) {}

  void connect(List<Connection> all) {
    connections = List.copyOf(all);
  }

  UUID chainId() {
    return chainId;
  }

  UUID id() {
    return id;
  }

  String name() {
    return name;
  }

  RuleNode node() {
    return node;
  }

  NodeLedger ledger() {
    return ledger;
  }

  List<Connection> connections() {
    return connections;
  }

  /// The connection of that label; null when there is none.
  @Nullable Connection connection(String label) {
    for (var connection : connections) {
      if (connection.label().equals(label)) {
        return connection;
      }
    }
    for (var connection : connections) {
      if (connection.label().equalsIgnoreCase(label)) { // ThingsBoard compares without case
        return connection;
      }
    }
    return null;
  }
}
