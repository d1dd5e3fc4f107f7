/// What kind of node a type is, as ThingsBoard groups them, and what people call it.

export const nodeKinds = ["filter", "enrichment", "transformation", "action", "flow", "external"] as const;
export type NodeKind = (typeof nodeKinds)[number];

export interface NodeKindOfType {
  kind: NodeKind;
  label: string;
}

const prefix = "org.thingsboard.rule.engine.";

/// By package; the exceptions are below.
const kindOfPackage: Record<string, NodeKind> = {
  filter: "filter",
  geo: "filter",
  metadata: "enrichment",
  transform: "transformation",
  deduplication: "transformation",
  flow: "flow",
  rest: "external",
  mqtt: "external",
  kafka: "external",
  rabbitmq: "external",
  gcp: "external",
  aws: "external",
  mail: "external",
  sms: "external",
  notification: "external",
  ai: "external",
};

const exceptions: Record<string, NodeKind> = {
  "geo.TbGpsGeofencingActionNode": "action",
  "mail.TbMsgToEmailNode": "transformation",
  "rest.TbSendRestApiCallReplyNode": "action",
};

/// Names that the class name does not give.
const labels: Record<string, string> = {
  "filter.TbJsFilterNode": "script",
  "filter.TbJsSwitchNode": "switch",
  "filter.TbMsgTypeFilterNode": "message type filter",
  "filter.TbMsgTypeSwitchNode": "message type switch",
  "filter.TbOriginatorTypeFilterNode": "entity type filter",
  "filter.TbOriginatorTypeSwitchNode": "entity type switch",
  "filter.TbDeviceTypeSwitchNode": "device profile switch",
  "filter.TbAssetTypeSwitchNode": "asset profile switch",
  "filter.TbCheckMessageNode": "check fields presence",
  "filter.TbCheckRelationNode": "check relation presence",
  "filter.TbCheckAlarmStatusNode": "alarm status filter",
  "metadata.TbGetAttributesNode": "originator attributes",
  "metadata.TbGetTelemetryNode": "originator telemetry",
  "metadata.CalculateDeltaNode": "calculate delta",
  "transform.TbTransformMsgNode": "script",
  "transform.TbChangeOriginatorNode": "change originator",
  "transform.TbCopyKeysNode": "copy key-value pairs",
  "transform.TbDeleteKeysNode": "delete key-value pairs",
  "transform.TbRenameKeysNode": "rename keys",
  "transform.TbJsonPathNode": "json path",
  "telemetry.TbMsgTimeseriesNode": "save time series",
  "telemetry.TbMsgAttributesNode": "save attributes",
  "telemetry.TbMsgDeleteAttributesNode": "delete attributes",
  "action.TbCreateAlarmNode": "create alarm",
  "action.TbClearAlarmNode": "clear alarm",
  "action.TbLogNode": "log",
  "action.TbMsgCountNode": "message count",
  "debug.TbMsgGeneratorNode": "generator",
  "rpc.TbSendRPCRequestNode": "rpc call request",
  "rpc.TbSendRPCReplyNode": "rpc call reply",
  "flow.TbRuleChainInputNode": "rule chain",
  "flow.TbRuleChainOutputNode": "output",
  "flow.TbCheckpointNode": "checkpoint",
  "flow.TbAckNode": "acknowledge",
  "rest.TbRestApiCallNode": "rest api call",
  "profile.TbDeviceProfileNode": "device profile",
};

export function kindOf(type: string): NodeKindOfType {
  const name = type.startsWith(prefix) ? type.slice(prefix.length) : type;
  const parts = name.split(".");
  const kind = exceptions[name] ?? kindOfPackage[parts[0] ?? ""] ?? "action";
  return { kind, label: labels[name] ?? words(parts.at(-1) ?? name) };
}

/// TbGetCustomerDetailsNode reads "get customer details".
function words(className: string): string {
  return className
    .replace(/^Tb(Msg)?/, "")
    .replace(/Node$/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
