package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.NodeTypes;
import java.util.List;

/// The node types that every Millrace has; one line each. Rooms that speak an outside protocol add
/// theirs.
public final class StandardNodes {
  private StandardNodes() {}

  public static NodeTypes types() {
    return new NodeTypes(
        List.of(
            ClearAlarmNode.TYPE,
            CreateAlarmNode.TYPE,
            LogNode.TYPE,
            MessageTypeFilterNode.TYPE,
            MessageTypeSwitchNode.TYPE,
            OutputNode.TYPE,
            RestApiCallNode.TYPE,
            RuleChainNode.TYPE,
            SaveAttributesNode.TYPE,
            SaveTimeseriesNode.TYPE,
            ScriptFilterNode.TYPE,
            ScriptSwitchNode.TYPE,
            ScriptTransformNode.TYPE));
  }
}
