package io.millrace.engine.rules;

import io.millrace.engine.rules.ChainDraft.Link;
import io.millrace.engine.rules.ChainDraft.NodeDraft;
import io.millrace.engine.rules.ChainNode.Connection;
import io.millrace.engine.rules.ChainProblem.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/// From a chain's metadata JSON to a graph of nodes. Any thread; takes milliseconds.
///
/// A node that cannot be made becomes an [InoperableNode], so that one bad node does not stop a
/// chain that was stored before.
final class RuleChainCompiler {
  private final Config config;
  private final NodeTypes types;
  private final NodeSetup setup;

  RuleChainCompiler(Config config, NodeTypes types, NodeSetup setup) {
    this.config = config;
    this.types = types;
    this.setup = setup;
  }

  RuleChain compile(ChainDefinition definition) {
    var draft = ChainDraft.read(definition.metadata(), config.nodesPerChainMax());
    var problems = new ArrayList<>(draft.problems());
    var nodes = new ArrayList<ChainNode>();
    for (int i = 0; i < draft.nodes().size(); i++) {
      nodes.add(node(definition.id(), i, draft.nodes().get(i), problems));
    }
    var all = new ArrayList<>(nodes);
    connect(definition.id(), draft.links(), nodes, all);
    var first = draft.firstIndex() < 0 ? null : nodes.get(draft.firstIndex());
    return new RuleChain(definition, all, first, problems);
  }

  private ChainNode node(UUID chainId, int index, NodeDraft draft, List<ChainProblem> problems) {
    RuleNode node;
    try {
      node = make(index, draft, problems);
    } catch (IllegalArgumentException e) {
      var reason = String.valueOf(e.getMessage());
      var kind = e instanceof NotBuiltException ? Kind.INOPERABLE : Kind.ERROR;
      problems.add(new ChainProblem(kind, index, draft.name(), reason));
      node = new InoperableNode(reason);
    }
    return place(chainId, id(chainId, index, draft.id()), draft.name(), node);
  }

  private RuleNode make(int index, NodeDraft draft, List<ChainProblem> problems) {
    var type = types.find(draft.type());
    if (type.isPresent()) {
      return type.get()
          .make(draft.version(), draft.configuration(), setup.of(draft.name(), draft.queue()));
    }
    var reason = AbsentTypes.reason(draft.type());
    if (!draft.type().isEmpty()) { // an absent type is a problem already
      problems.add(new ChainProblem(Kind.INOPERABLE, index, draft.name(), reason));
    }
    return new InoperableNode(reason);
  }

  private void connect(UUID chainId, List<Link> links, List<ChainNode> nodes, List<ChainNode> all) {
    var targets = new ArrayList<LinkedHashMap<String, List<ChainNode>>>();
    nodes.forEach(_ -> targets.add(new LinkedHashMap<>()));
    for (var link : links) {
      targets
          .get(link.from())
          .computeIfAbsent(link.label(), _ -> new ArrayList<>())
          .add(target(chainId, link, nodes, all));
    }
    for (int i = 0; i < nodes.size(); i++) {
      var connections = new ArrayList<Connection>();
      targets
          .get(i)
          .forEach(
              (label, to) ->
                  connections.add(new Connection(label, List.copyOf(to), new LongAdder())));
      nodes.get(i).connect(connections);
    }
  }

  private ChainNode target(UUID chainId, Link link, List<ChainNode> nodes, List<ChainNode> all) {
    return switch (link) {
      case Link.ToNode(_, _, int to) -> nodes.get(to);
      case Link.ToChain(_, _, var target) -> {
        var entry =
            place(
                chainId,
                id(chainId, all.size(), ""),
                "to rule chain",
                (message, _) -> new Outcome.Enter(target, message));
        all.add(entry);
        yield entry;
      }
    };
  }

  private ChainNode place(UUID chainId, UUID id, String name, RuleNode node) {
    return new ChainNode(chainId, id, name, node, new NodeLedger(config.recentPerNode()));
  }

  private static UUID id(UUID chainId, int index, String written) {
    try {
      return UUID.fromString(written);
    } catch (IllegalArgumentException e) {
      return new UUID(chainId.getMostSignificantBits(), chainId.getLeastSignificantBits() ^ ~index);
    }
  }
}
