/// Kafka as pages read and change it: topics, records, consumer groups, the broker's health.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get } from "./http";
import type { Json } from "./types";

export type KafkaState = "OFF" | "STARTING" | "UP" | "DOWN" | "FAILED";

export interface KafkaHealth {
  state: KafkaState;
  mode: "embedded" | "cluster";
  bootstrapServers: string;
  clusterId?: string | null;
  brokers?: { id: number; host: string; port: number }[];
  /// What happened and the cure, in a sentence.
  error?: string | null;
  since?: number;
}

export interface Topic {
  name: string;
  partitions: number;
  replicationFactor: number;
  sizeBytes: number;
  records: number;
  recordsPerSecond: number;
  bytesPerSecond: number;
  internal: boolean;
}

export interface TopicPartition {
  partition: number;
  leader: number | null;
  startOffset: number;
  endOffset: number;
  sizeBytes: number;
}

export interface TopicConfig {
  name: string;
  value: string | null;
  isDefault: boolean;
  readOnly: boolean;
}

export interface TopicDetail extends Omit<Topic, "partitions"> {
  partitions: TopicPartition[];
  configs: TopicConfig[];
}

export type ValueType = "json" | "text" | "binary" | "avro" | "protobuf" | "null";

export interface KafkaRecord {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  key: string | null;
  value: Json;
  valueType: ValueType;
  headers: { key: string; value: string | null }[];
  sizeBytes: number;
  /// The value is only the beginning of what was written.
  truncated?: boolean;
}

export interface RecordFilter {
  partition?: number;
  offset?: number;
  ts?: number;
  key?: string;
  contains?: string;
  order: "newest" | "oldest";
}

export interface RecordPage {
  records: KafkaRecord[];
  /// How many records were looked at to find these.
  scanned: number;
  /// Everything that can match has been looked at.
  complete: boolean;
  next?: string | null;
}

export interface NewRecord {
  key: string | null;
  value: Json;
  valueType: "json" | "text" | "binary";
  headers: { key: string; value: string }[];
  partition?: number;
}

export interface Appended {
  partition: number;
  offset: number;
  timestamp: number;
}

export interface ConsumerGroup {
  groupId: string;
  state: string;
  protocol: string;
  members: number;
  topics: string[];
  lag: number;
}

export interface GroupOffset {
  topic: string;
  partition: number;
  committed: number | null;
  end: number;
  lag: number | null;
}

export interface ConsumerGroupDetail extends Omit<ConsumerGroup, "members"> {
  members: {
    memberId: string;
    clientId: string;
    host: string;
    partitions: { topic: string; partition: number }[];
  }[];
  offsets: GroupOffset[];
}

export const kafkaHealthQuery = queryOptions({
  queryKey: ["kafka", "health"],
  queryFn: ({ signal }) => get<KafkaHealth>("/api/kafka/health", {}, signal),
  refetchInterval: (query) => (query.state.data?.state === "UP" ? 10_000 : 2_000),
});

export const topicsQuery = (internal: boolean) =>
  queryOptions({
    queryKey: ["kafka", "topics", internal],
    queryFn: ({ signal }) => get<Topic[]>("/api/kafka/topics", { internal }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 3_000,
  });

export const topicPath = (topic: string) => `/api/kafka/topics/${encodeURIComponent(topic)}`;

export const topicQuery = (topic: string) =>
  queryOptions({
    queryKey: ["kafka", "topic", topic],
    queryFn: ({ signal }) => get<TopicDetail>(topicPath(topic), {}, signal),
    refetchInterval: 3_000,
    retry: false,
  });

export const recordsQuery = (topic: string, filter: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: ["kafka", "topic", topic, "records", filter],
    queryFn: ({ pageParam, signal }) =>
      get<RecordPage>(
        `${topicPath(topic)}/records`,
        { ...filter, limit: 100, ...(pageParam ? { next: pageParam } : {}) },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const groupsQuery = queryOptions({
  queryKey: ["kafka", "groups"],
  queryFn: ({ signal }) => get<ConsumerGroup[]>("/api/kafka/groups", {}, signal),
  refetchInterval: 3_000,
});

export const groupPath = (group: string) => `/api/kafka/groups/${encodeURIComponent(group)}`;

export const groupQuery = (group: string) =>
  queryOptions({
    queryKey: ["kafka", "group", group],
    queryFn: ({ signal }) => get<ConsumerGroupDetail>(groupPath(group), {}, signal),
    refetchInterval: 3_000,
    retry: false,
  });

/// How records of some topics become values of devices.
export interface SourceSettings {
  name: string;
  enabled: boolean;
  topicPattern: string;
  startFrom: "EARLIEST" | "LATEST";
  format: "JSON" | "PLAIN" | "AVRO" | "PROTOBUF";
  registryUrl: string;
  deviceFrom: "KEY" | "HEADER" | "FIELD" | "TOPIC" | "FIXED";
  deviceSelector: string;
  deviceFallback: string;
  autoCreate: boolean;
  deviceProfile: string;
  content: "TELEMETRY" | "ATTRIBUTES";
}

/// A source as it is kept; settings that were never given are left out.
export interface Source extends Partial<SourceSettings> {
  id: string;
  status: {
    state: "STOPPED" | "WAITING" | "RUNNING" | "TROUBLED";
    error?: string;
    records?: number;
    deadLetters?: number;
  };
}

export const sourcesPath = "/api/kafka/sources";

export const sourcesQuery = queryOptions({
  queryKey: ["kafka", "sources"],
  queryFn: ({ signal }) => get<Source[]>(sourcesPath, {}, signal),
  refetchInterval: 3_000,
});
