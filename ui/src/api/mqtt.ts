/// The MQTT broker as operators see it: topics with counters, clients, sessions, retained messages.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get } from "./http";
import type { Page } from "./types";

export type PayloadType = "json" | "text" | "binary";

export interface TopicLevel {
  /// The last part of the topic, or all of it in a search.
  name: string;
  topic: string;
  /// Messages were published to this very topic, not only below it.
  isTopic: boolean;
  hasChildren: boolean;
  retained: boolean;
  /// Sums over this topic and all below it.
  topics: number;
  messages: number;
  bytes: number;
  messagesPerSecond: number;
  bytesPerSecond: number;
  lastAt: number;
  /// The beginning of the last message.
  payload?: string;
  payloadType?: PayloadType;
}

export interface TopicLevels {
  prefix: string;
  data: TopicLevel[];
  totalElements: number;
  hasNext: boolean;
  /// Messages of topics beyond those that are counted.
  untracked: number;
}

/// A message's beginning is at most so long.
export const previewBytes = 256;

export interface MqttClient {
  clientId: string;
  user: string;
  connected: boolean;
  protocol: string;
  address: string;
  listener: string;
  keepAlive: number;
  sessionExpiry: number;
  connectedSince: number;
  subscriptions: number;
  queued: number;
  queuedBytes: number;
  inflight: number;
  received: number;
  receivedBytes: number;
  sent: number;
  sentBytes: number;
  receivedPerSecond: number;
  sentPerSecond: number;
}

export interface MqttSubscription {
  clientId: string;
  filter: string;
  qos: 0 | 1 | 2;
  share: string;
  platform: boolean;
}

export interface MqttClientDetail extends MqttClient {
  filters: MqttSubscription[];
}

export interface Retained {
  topic: string;
  qos: 0 | 1 | 2;
  sizeBytes: number;
  payload: string;
  payloadType: PayloadType;
  expiresAt?: number;
}

const pageSize = 100;

/// The levels right below a prefix; or, for a search, the topics found.
export const levelsQuery = (prefix: string, textSearch: string, pages: number) =>
  queryOptions({
    queryKey: ["mqtt", "topics", prefix, textSearch, pages],
    queryFn: ({ signal }) =>
      get<TopicLevels>(
        "/api/mqtt/topics",
        { prefix, textSearch, page: 0, pageSize: pageSize * pages },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 1_000,
  });

/// One topic by its name, or null while nothing has been published to it.
export const topicLevelQuery = (topic: string) =>
  queryOptions({
    queryKey: ["mqtt", "topic", topic],
    queryFn: async ({ signal }) => {
      const prefix = topic.includes("/") ? topic.slice(0, topic.lastIndexOf("/")) : "";
      const levels = await get<TopicLevels>(
        "/api/mqtt/topics",
        { prefix, textSearch: topic, page: 0, pageSize },
        signal,
      );
      return levels.data.find((level) => level.topic === topic) ?? null;
    },
    refetchInterval: 1_000,
  });

export const retainedQuery = (topic: string) =>
  queryOptions({
    queryKey: ["mqtt", "retained", topic],
    queryFn: async ({ signal }) => {
      const found = await get<Page<Retained>>("/api/mqtt/retained", { filter: topic, pageSize: 1 }, signal);
      return found.data[0] ?? null;
    },
    refetchInterval: 3_000,
  });

export const clientsQuery = (textSearch: string, isWithAbsent: boolean) =>
  infiniteQueryOptions({
    queryKey: ["mqtt", isWithAbsent ? "sessions" : "clients", textSearch],
    queryFn: ({ pageParam, signal }) =>
      get<Page<MqttClient>>(
        isWithAbsent ? "/api/mqtt/sessions" : "/api/mqtt/clients",
        { textSearch, page: pageParam, pageSize },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _all, page) => (last.hasNext ? page + 1 : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: 2_000,
  });

export const clientPath = (clientId: string) => `/api/mqtt/clients/${encodeURIComponent(clientId)}`;
export const sessionPath = (clientId: string) => `/api/mqtt/sessions/${encodeURIComponent(clientId)}`;

export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["mqtt", "client", clientId],
    queryFn: ({ signal }) => get<MqttClientDetail>(clientPath(clientId), {}, signal),
    refetchInterval: 2_000,
    retry: false,
  });
