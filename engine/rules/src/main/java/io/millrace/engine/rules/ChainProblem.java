package io.millrace.engine.rules;

/// Something about a chain that a person should put right.
///
/// @param nodeIndex which node of the metadata, counted from 0; -1 for the chain as a whole
/// @param node the node's name; empty for the chain as a whole
/// @param message what is wrong and the cure
public record ChainProblem(Kind kind, int nodeIndex, String node, String message) {
  /// Whether the chain can run with it.
  public enum Kind {
    /// The chain is not taken.
    ERROR,
    /// The chain is taken; messages that reach the node go to its `Failure`.
    INOPERABLE
  }

  @Override
  public String toString() {
    return node.isEmpty() ? message : "Node \"%s\": %s".formatted(node, message);
  }
}
