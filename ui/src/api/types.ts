/// The shapes of ThingsBoard's REST API, as far as the pages use them.

export interface EntityId {
  entityType: string;
  id: string;
}

export interface Page<T> {
  data: T[];
  totalPages: number;
  totalElements: number;
  hasNext: boolean;
}

export interface Device {
  id: EntityId;
  createdTime: number;
  name: string;
  type: string;
  label?: string | null;
  deviceProfileId?: EntityId;
  additionalInfo?: { description?: string; gateway?: boolean } | null;
}

export interface DeviceInfo extends Device {
  deviceProfileName?: string;
  customerTitle?: string | null;
  active?: boolean;
}

export interface DeviceProfile {
  id: EntityId;
  createdTime: number;
  name: string;
  description?: string | null;
  default: boolean;
  defaultRuleChainId?: EntityId | null;
  profileData: { [key: string]: Json };
  version?: number;
  [other: string]: unknown;
}

export interface Asset {
  id: EntityId;
  createdTime: number;
  name: string;
  type: string;
  label?: string | null;
  assetProfileId?: EntityId;
  customerTitle?: string | null;
  version?: number;
}

export interface DeviceCredentials {
  id: EntityId;
  deviceId: EntityId;
  credentialsType: "ACCESS_TOKEN" | "MQTT_BASIC" | "X509_CERTIFICATE";
  credentialsId: string;
  credentialsValue?: string | null;
}

export type AttributeScope = "CLIENT_SCOPE" | "SHARED_SCOPE" | "SERVER_SCOPE";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Attribute {
  key: string;
  value: Json;
  lastUpdateTs: number;
}

/// One value at a time; the server sends numbers of a series as text or as numbers.
export interface TsValue {
  ts: number;
  value: Json;
}

export const severities = ["CRITICAL", "MAJOR", "MINOR", "WARNING", "INDETERMINATE"] as const;
export type Severity = (typeof severities)[number];
export type AlarmStatus = "ACTIVE_UNACK" | "ACTIVE_ACK" | "CLEARED_UNACK" | "CLEARED_ACK";

export interface Alarm {
  id: EntityId;
  createdTime: number;
  type: string;
  originator: EntityId;
  originatorName?: string | null;
  severity: Severity;
  status: AlarmStatus;
  acknowledged?: boolean;
  cleared?: boolean;
  startTs: number;
  endTs: number;
  ackTs: number;
  clearTs: number;
  assigneeId?: EntityId | null;
  assignee?: { email: string } | null;
  details?: Json;
}

export interface RuleChain {
  id: EntityId;
  createdTime: number;
  name: string;
  type: string;
  root: boolean;
  debugMode?: boolean;
  additionalInfo?: { description?: string } | null;
}

export interface RuleNode {
  id?: EntityId;
  type: string;
  name: string;
  debugMode?: boolean;
  configurationVersion?: number;
  configuration: Record<string, Json>;
  additionalInfo?: { description?: string; layoutX?: number; layoutY?: number } | null;
}

export interface RuleChainMetadata {
  ruleChainId: EntityId;
  /// The version of the chain that a change of it starts from.
  version?: number;
  firstNodeIndex: number | null;
  nodes: RuleNode[];
  connections: { fromIndex: number; toIndex: number; type: string }[] | null;
  ruleChainConnections?: { fromIndex: number; targetRuleChainId: EntityId; type: string }[] | null;
}

/// A kind of rule node: ThingsBoard's ComponentDescriptor; `settings` is Millrace's own.
export interface NodeComponent {
  type: "FILTER" | "ENRICHMENT" | "TRANSFORMATION" | "ACTION" | "FLOW" | "EXTERNAL";
  name: string;
  clazz: string;
  configurationVersion: number;
  configurationDescriptor: {
    nodeDefinition: {
      description: string;
      relationTypes: string[];
      /// Any label may leave it.
      customRelations: boolean;
      settings: NodeSetting[];
    };
  };
}

export interface NodeSetting {
  name: string;
  /// The Java type's simple name.
  type: string;
  doc: string;
  default: string | null;
  /// Of a list's or map's values.
  of?: string;
  choices?: string[];
  /// Of a record, or of a list's records.
  fields?: NodeSetting[];
  min?: number;
  max?: number;
}

/// What each node of a chain has done since the chain was last changed.
export interface RuleChainFigures {
  nodes: NodeFigures[];
  problems: { kind: string; nodeIndex: number; node: string; message: string }[];
}

export interface NodeFigures {
  nodeId: string;
  name: string;
  received: number;
  failed: number;
  lost: number;
  /// Messages out by connection label.
  emitted: Record<string, number>;
  lastError: string | null;
  lastErrorTs: number;
  busyNanos: number;
  /// The latest messages in, newest last.
  recent: RecentMessage[];
}

export interface RecentMessage {
  /// Kept by what becomes of the message at later nodes.
  id: string;
  ts: number;
  outcome: string;
  msgType: string;
  originator: EntityId;
  metadata: Record<string, string>;
  msg: Json;
}

export interface Info {
  version: string;
  demo: boolean;
  demoLogin: { username: string; password: string } | null;
  realtime: { url: string; databases: string[] } | null;
  mqtt: { port: number; extraPorts: number[]; websocketPort: number } | null;
}
