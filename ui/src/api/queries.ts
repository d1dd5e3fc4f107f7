/// What pages read, as React Query options: one place for the key, the call and how long it stays fresh.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get, getPublic } from "./http";
import type {
  Alarm,
  Attribute,
  AttributeScope,
  Device,
  DeviceCredentials,
  DeviceInfo,
  EntityId,
  Info,
  NodeComponent,
  Page,
  RuleChain,
  RuleChainFigures,
  RuleChainMetadata,
  TsValue,
} from "./types";

const pageSize = 50;

export const infoQuery = queryOptions({
  queryKey: ["info"],
  queryFn: () => getPublic<Info>("/api/millrace/info"),
  staleTime: 60_000,
});

/// Which devices a list shows; what is left out is any.
export interface DeviceFilter {
  active?: boolean;
  deviceProfileId?: string;
}

export const devicesQuery = (textSearch: string, filter: DeviceFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ["devices", textSearch, filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<DeviceInfo>>(
        "/api/tenant/deviceInfos",
        { pageSize, page: pageParam, textSearch, sortProperty: "name", sortOrder: "ASC", ...filter },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _all, page) => (last.hasNext ? page + 1 : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ["device", id],
    queryFn: ({ signal }) => get<Device>(`/api/device/${id}`, {}, signal),
  });

export const credentialsQuery = (deviceId: string) =>
  queryOptions({
    queryKey: ["device", deviceId, "credentials"],
    queryFn: ({ signal }) => get<DeviceCredentials>(`/api/device/${deviceId}/credentials`, {}, signal),
  });

export const attributesQuery = ({ entityType, id }: EntityId, scope: AttributeScope) =>
  queryOptions({
    queryKey: ["device", id, "attributes", scope],
    queryFn: ({ signal }) =>
      get<Attribute[]>(`/api/plugins/telemetry/${entityType}/${id}/values/attributes/${scope}`, {}, signal),
    refetchInterval: 5_000,
  });

/// Points of the given keys, oldest first within each key.
export async function history(
  deviceId: string,
  keys: string[],
  range: { fromTs: number; untilTs: number; limit: number },
  signal?: AbortSignal,
): Promise<Record<string, TsValue[]>> {
  return get(
    `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries`,
    {
      keys: keys.join(","),
      startTs: range.fromTs,
      endTs: range.untilTs,
      limit: range.limit,
      orderBy: "ASC",
      useStrictDataTypes: true,
      ...aggregation(range),
    },
    signal,
  );
}

// Beyond six hours a chart has fewer pixels than points: let the server average them.
function aggregation({ fromTs, untilTs }: { fromTs: number; untilTs: number }) {
  const span = untilTs - fromTs;
  return span > 6 * 3_600_000 ? { agg: "AVG", interval: Math.ceil(span / 1_000) } : {};
}

export const deviceAlarmsQuery = (deviceId: string, entityType = "DEVICE") =>
  queryOptions({
    queryKey: ["alarms", deviceId],
    queryFn: ({ signal }) =>
      get<Page<Alarm>>(
        `/api/alarm/${entityType}/${deviceId}`,
        { pageSize: 100, page: 0, sortProperty: "createdTime", sortOrder: "DESC", fetchOriginator: true },
        signal,
      ),
  });

export type AlarmFilter = "any" | "active" | "cleared" | "unacknowledged";

export const alarmsQuery = (filter: AlarmFilter) =>
  infiniteQueryOptions({
    queryKey: ["alarms", "tenant", filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Alarm>>(
        "/api/alarms",
        { pageSize, page: pageParam, sortProperty: "createdTime", sortOrder: "DESC", ...statusOf(filter) },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _all, page) => (last.hasNext ? page + 1 : undefined),
    placeholderData: keepPreviousData,
  });

function statusOf(filter: AlarmFilter) {
  switch (filter) {
    case "any":
      return {};
    case "active":
      return { searchStatus: "ACTIVE" };
    case "cleared":
      return { searchStatus: "CLEARED" };
    case "unacknowledged":
      return { searchStatus: "UNACK" };
  }
}

export const ruleChainFiguresQuery = (id: string) =>
  queryOptions({
    queryKey: ["ruleChain", id, "figures"],
    queryFn: ({ signal }) => get<RuleChainFigures>(`/api/ruleChain/${id}/figures`, {}, signal),
    refetchInterval: 2_000,
  });

export const countersQuery = queryOptions({
  queryKey: ["counters"],
  queryFn: async ({ signal }) => {
    const counters = await get<Record<string, number>>("/api/millrace/counters", {}, signal);
    return { at: Date.now(), counters };
  },
  // A rate needs two readings: take the second soon.
  refetchInterval: (query) => (query.state.dataUpdateCount < 2 ? 500 : 2_000),
});

export const ruleChainsQuery = queryOptions({
  queryKey: ["ruleChains"],
  queryFn: ({ signal }) =>
    get<Page<RuleChain>>(
      "/api/ruleChains",
      { pageSize: 1000, page: 0, sortProperty: "name", sortOrder: "ASC" },
      signal,
    ),
});

export const ruleChainQuery = (id: string) =>
  queryOptions({
    queryKey: ["ruleChain", id],
    queryFn: ({ signal }) => get<RuleChain>(`/api/ruleChain/${id}`, {}, signal),
  });

export const ruleChainMetadataQuery = (id: string) =>
  queryOptions({
    queryKey: ["ruleChain", id, "metadata"],
    queryFn: ({ signal }) => get<RuleChainMetadata>(`/api/ruleChain/${id}/metadata`, {}, signal),
  });

/// Every kind of rule node there is; they change with the version only.
export const nodeComponentsQuery = queryOptions({
  queryKey: ["components"],
  queryFn: ({ signal }) => get<NodeComponent[]>("/api/components", {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const outputLabelsQuery = (ruleChainId: string) =>
  queryOptions({
    queryKey: ["ruleChain", ruleChainId, "labels"],
    queryFn: ({ signal }) => get<string[]>(`/api/ruleChain/${ruleChainId}/output/labels`, {}, signal),
  });
