/// All fences of the tenant: of every rule chain's geofencing nodes, and of the first devices' attributes.
import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import type { FeatureCollection } from "geojson";
import { useMemo } from "react";
import { get } from "../api/http";
import { devicesQuery, ruleChainMetadataQuery, ruleChainsQuery } from "../api/queries";
import type { Attribute, DeviceInfo } from "../api/types";
import { collection, fenceOfJson, fenceOfNode } from "./fences";

const staleTime = 60_000;

export function useFences(): FeatureCollection {
  const chains = useQuery({ ...ruleChainsQuery, staleTime }).data?.data ?? [];
  const metadata = useQueries({
    queries: chains.map((chain) => ({ ...ruleChainMetadataQuery(chain.id.id), staleTime })),
    combine: (results) => results.flatMap(({ data }) => data?.nodes ?? []),
  });
  const devices = useInfiniteQuery({ ...devicesQuery(""), staleTime, refetchInterval: false });
  const perimeters = useQueries({
    queries: (devices.data?.pages[0]?.data ?? []).map((device) => ({
      queryKey: ["device", device.id.id, "perimeter"],
      queryFn: () => perimeterOf(device),
      staleTime,
    })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  const nodes = JSON.stringify(metadata.flatMap(fenceOfNode));
  const attributes = JSON.stringify(perimeters);
  return useMemo(() => collection([...JSON.parse(nodes), ...JSON.parse(attributes)]), [nodes, attributes]);
}

async function perimeterOf(device: DeviceInfo) {
  const path = `/api/plugins/telemetry/DEVICE/${device.id.id}/values/attributes/SERVER_SCOPE`;
  const attributes = await get<Attribute[]>(path, { keys: "perimeter" });
  return attributes.flatMap(({ value }) => fenceOfJson(device.name, value));
}
