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
            AiNode.TYPE,
            AssetProfileSwitchNode.TYPE,
            AssignCustomerNode.ASSIGN,
            AssignCustomerNode.UNASSIGN,
            AwsNode.LAMBDA,
            AwsNode.SNS,
            AwsNode.SQS,
            AzureIotHubNode.TYPE,
            CalculateDeltaNode.TYPE,
            CalculatedFieldsNode.TYPE,
            ChangeOriginatorNode.TYPE,
            CheckAlarmStatusNode.TYPE,
            CheckFieldsNode.TYPE,
            CheckRelationNode.TYPE,
            ClearAlarmNode.TYPE,
            CopyKeysNode.TYPE,
            CreateAlarmNode.TYPE,
            DeduplicationNode.TYPE,
            DelayNode.TYPE,
            DeleteAttributesNode.TYPE,
            DeleteKeysNode.TYPE,
            DeviceCredentialsNode.TYPE,
            DeviceProfileNode.TYPE,
            DeviceProfileSwitchNode.TYPE,
            DeviceStateNode.TYPE,
            EntityDataNode.CUSTOMER,
            EntityDataNode.TENANT,
            EntityDetailsNode.CUSTOMER,
            EntityDetailsNode.TENANT,
            FirebaseNode.TYPE,
            GeneratorNode.TYPE,
            GeofencingEventsNode.TYPE,
            GeofencingFilterNode.TYPE,
            JsonPathNode.TYPE,
            KafkaNode.TYPE,
            LogNode.TYPE,
            MathNode.TYPE,
            MessageCountNode.TYPE,
            MessageTypeFilterNode.TYPE,
            MessageTypeSwitchNode.TYPE,
            OriginatorAttributesNode.TYPE,
            OriginatorFieldsNode.TYPE,
            OriginatorTelemetryNode.TYPE,
            OriginatorTypeFilterNode.TYPE,
            OriginatorTypeSwitchNode.TYPE,
            OutputNode.TYPE,
            PassNodes.ACKNOWLEDGE,
            PassNodes.CHECKPOINT,
            PassNodes.SYNCHRONIZATION_END,
            PassNodes.SYNCHRONIZATION_START,
            RelatedDataNode.TYPE,
            RelationNode.CREATE,
            RelationNode.DELETE,
            RenameKeysNode.TYPE,
            RestApiCallNode.TYPE,
            RestReplyNode.TYPE,
            RpcReplyNode.TYPE,
            RpcRequestNode.TYPE,
            RuleChainNode.TYPE,
            SaveAttributesNode.TYPE,
            SaveTimeseriesNode.TYPE,
            ScriptFilterNode.TYPE,
            ScriptSwitchNode.TYPE,
            ScriptTransformNode.TYPE,
            SlackNode.TYPE,
            SmsNode.TYPE,
            SplitArrayNode.TYPE,
            ToEmailNode.TYPE,
            TrackPositionNode.TYPE));
  }
}
