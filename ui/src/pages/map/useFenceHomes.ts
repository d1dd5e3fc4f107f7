/// Where fences are kept that can be changed here, each with its shape.
import { useQueries, useQuery } from "@tanstack/react-query";
import { get, post } from "../../api/http";
import { ruleChainMetadataQuery, ruleChainsQuery } from "../../api/queries";
import type { Attribute, Device, RuleChainMetadata } from "../../api/types";
import {
  attributeOf,
  type FenceDraft,
  isFenced,
  shapeOfAttribute,
  shapeOfNode,
  withFence,
} from "./fenceDraft";

const perimeter = "perimeter";
const devicesMax = 50;

export function useFenceHomes(devices: Device[]): FenceDraft[] {
  const chains = useQuery(ruleChainsQuery).data?.data ?? [];
  const ofNodes = useQueries({
    queries: chains.map((chain) => ruleChainMetadataQuery(chain.id.id)),
    combine: (results) =>
      results.flatMap(({ data }, i) =>
        (data?.nodes ?? []).filter(isFenced).flatMap((node): FenceDraft[] =>
          node.id
            ? [
                {
                  home: {
                    kind: "node",
                    ruleChainId: chains[i]?.id.id ?? "",
                    nodeId: node.id.id,
                    name: node.name,
                    chain: chains[i]?.name ?? "",
                  },
                  shape: shapeOfNode(node),
                },
              ]
            : [],
        ),
      ),
  });
  const ofDevices = useQueries({
    queries: devices.slice(0, devicesMax).map((device) => ({
      queryKey: ["device", device.id.id, "fence"],
      queryFn: () =>
        get<Attribute[]>(`/api/plugins/telemetry/DEVICE/${device.id.id}/values/attributes/SERVER_SCOPE`, {
          keys: perimeter,
        }),
    })),
    combine: (results) =>
      results.flatMap(({ data }, i) =>
        (data ?? []).map(
          ({ value }): FenceDraft => ({
            home: { kind: "device", deviceId: devices[i]?.id.id ?? "", name: devices[i]?.name ?? "" },
            shape: shapeOfAttribute(value),
          }),
        ),
      ),
  });
  return [...ofNodes, ...ofDevices];
}

export async function keepFence({ home, shape }: FenceDraft): Promise<void> {
  if (home.kind === "device") {
    await post(`/api/plugins/telemetry/DEVICE/${home.deviceId}/SERVER_SCOPE`, {
      [perimeter]: attributeOf(shape),
    });
    return;
  }
  const metadata = await get<RuleChainMetadata>(`/api/ruleChain/${home.ruleChainId}/metadata`);
  await post("/api/ruleChain/metadata", withFence(metadata, home.nodeId, shape));
}
