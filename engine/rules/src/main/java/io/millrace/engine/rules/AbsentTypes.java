package io.millrace.engine.rules;

import java.util.Map;

/// Why a node type of ThingsBoard's has no counterpart, for those where it never will or where
/// there is something to do about it.
final class AbsentTypes {
  private static final String PREFIX = "org.thingsboard.rule.engine.";
  private static final Map<String, String> REASONS =
      Map.of(
          PREFIX + "edge.TbMsgPushToEdgeNode",
          "ThingsBoard Edge has no counterpart here; remove the node.",
          PREFIX + "edge.TbMsgPushToCloudNode",
          "ThingsBoard Edge has no counterpart here; remove the node.",
          PREFIX + "action.TbSaveToCustomCassandraTableNode",
          "There is no Cassandra table to write to; remove the node.");

  private AbsentTypes() {}

  static String reason(String type) {
    var known = REASONS.get(type);
    if (known != null) {
      return known;
    }
    return type.startsWith(PREFIX)
        ? "ThingsBoard's node type %s is not built here yet; messages that reach it fail."
            .formatted(type.substring(PREFIX.length()))
        : "The node type \"%s\" is not known; messages that reach it fail.".formatted(type);
  }
}
