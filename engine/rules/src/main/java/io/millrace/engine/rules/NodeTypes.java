package io.millrace.engine.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds of nodes that this process has, by name and by ThingsBoard's class names.
public final class NodeTypes {
  private final List<NodeType<?>> all;
  private final Map<String, NodeType<?>> byName = new HashMap<>();

  public NodeTypes(Collection<NodeType<?>> all) {
    this.all = List.copyOf(all);
    for (var type : this.all) {
      add(type.name(), type);
      type.aliases().forEach(alias -> add(alias, type));
    }
  }

  /// These and further ones, as a wire room brings its sinks.
  public NodeTypes and(NodeType<?>... further) {
    var both = new ArrayList<>(all);
    both.addAll(List.of(further));
    return new NodeTypes(both);
  }

  public List<NodeType<?>> all() {
    return all;
  }

  public Optional<NodeType<?>> find(String nameOrAlias) {
    return Optional.ofNullable(byName.get(nameOrAlias));
  }

  private void add(String name, NodeType<?> type) {
    if (byName.put(name, type) != null) {
      throw new IllegalArgumentException("Two rule node types are called " + name);
    }
  }
}
