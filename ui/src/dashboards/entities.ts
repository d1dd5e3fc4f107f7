/// Which entities an alias stands for just now.
import { useQueries } from "@tanstack/react-query";
import { get } from "../api/http";
import { session } from "../api/session";
import type { EntityId, Page } from "../api/types";
import type { Alias, AliasFilter } from "./model";

export interface Entity {
  entityType: string;
  id: string;
  name: string;
  type: string;
}

interface Named {
  id: EntityId;
  name: string;
  type?: string;
}

/// More would make a widget neither quick nor readable.
const entitiesMax = 100;

export interface Resolved {
  entities: Entity[];
  isLoading: boolean;
  error: Error | null;
}

export function useAliases(aliases: Alias[]): ReadonlyMap<string, Resolved> {
  const results = useQueries({
    queries: aliases.map(({ filter }) => ({
      queryKey: ["alias", filter],
      queryFn: ({ signal }: { signal: AbortSignal }) => resolved(filter, signal),
      staleTime: 30_000,
    })),
  });
  return new Map(
    aliases.map(({ id }, i) => [
      id,
      {
        entities: results[i]?.data ?? [],
        isLoading: results[i]?.isPending ?? true,
        error: results[i]?.error ?? null,
      },
    ]),
  );
}

/// @throws when the filter is of a kind that is not known here
export async function resolved(filter: AliasFilter, signal?: AbortSignal): Promise<Entity[]> {
  switch (filter.type) {
    case "singleEntity":
      return filter.singleEntity ? [await one(filter.singleEntity, signal)] : [];
    case "entityList":
      return Promise.all(
        (filter.entityList ?? [])
          .slice(0, entitiesMax)
          .map((id) => one({ entityType: filter.entityType ?? "DEVICE", id }, signal)),
      );
    case "entityType":
      return all(filter.entityType ?? "DEVICE", "", signal);
    case "entityName":
      return all(filter.entityType ?? "DEVICE", filter.entityNameFilter ?? "", signal);
    case "deviceType": {
      const types = filter.deviceTypes ?? (filter.deviceType ? [filter.deviceType] : []);
      const found = await all("DEVICE", filter.deviceNameFilter ?? "", signal);
      return found.filter(({ type }) => types.length === 0 || types.includes(type));
    }
    default:
      throw new Error(
        `An alias of the kind "${filter.type}" is not known here. Choose another kind in the dashboard's aliases.`,
      );
  }
}

async function one({ entityType, id }: EntityId, signal?: AbortSignal): Promise<Entity> {
  const found = await get<Named>(`/api/${pathOf(entityType)}/${id}`, {}, signal);
  return entityOf(found, entityType);
}

/// Those whose name begins like that; ThingsBoard's filter means the beginning too.
async function all(entityType: string, prefix: string, signal?: AbortSignal): Promise<Entity[]> {
  const kind = entityType === "ASSET" ? "assetInfos" : "deviceInfos";
  const caller = session.caller() as { authority?: string; scopes?: string[]; customerId?: string } | null;
  const customerId = caller?.scopes?.includes("CUSTOMER_USER") ? caller.customerId : undefined;
  const path = customerId ? `/api/customer/${customerId}/${kind}` : `/api/tenant/${kind}`;
  const page = await get<Page<Named>>(
    path,
    { pageSize: entitiesMax, page: 0, textSearch: prefix, sortProperty: "name", sortOrder: "ASC" },
    signal,
  );
  const begins = prefix.replaceAll("%", "").toLowerCase();
  return page.data
    .filter(({ name }) => name.toLowerCase().startsWith(begins))
    .map((each) => entityOf(each, entityType));
}

function entityOf({ id, name, type }: Named, entityType: string): Entity {
  return { entityType: id.entityType ?? entityType, id: id.id, name, type: type ?? "" };
}

function pathOf(entityType: string): string {
  return entityType.toLowerCase();
}
