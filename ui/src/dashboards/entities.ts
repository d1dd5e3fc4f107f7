/// Which entities an alias stands for just now, all of them or those that pass a filter.
import { useQueries } from "@tanstack/react-query";
import { get, post } from "../api/http";
import type { EntityId, Page } from "../api/types";
import { type KeyFilter, keyFiltersOf } from "./filters";
import { type Alias, type AliasFilter, aliasesOf, type Dashboard, filtersOf, widgetsOf } from "./model";

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

interface Found {
  entityId: EntityId;
  latest: { ENTITY_FIELD?: Record<string, { value: string }> };
}

/// More would make a widget neither quick nor readable.
const entitiesMax = 100;
/// ThingsBoard's id of nobody.
export const nobody = "13814000-1dd2-11b2-8080-808080808080";
/// Values change, and with them who passes.
const filteredEveryMs = 15_000;

export interface Resolved {
  entities: Entity[];
  isLoading: boolean;
  error: Error | null;
}

interface Wanted {
  key: string;
  filter: AliasFilter;
  keyFilters: KeyFilter[];
}

/// Every alias by its id, and every pair of an alias and a filter that a widget uses by `pairKey`.
export function useEntities(dashboard: Dashboard): ReadonlyMap<string, Resolved> {
  const wanted = wantedOf(dashboard);
  const results = useQueries({
    queries: wanted.map(({ filter, keyFilters }) => ({
      queryKey: ["alias", filter, keyFilters],
      queryFn: ({ signal }: { signal: AbortSignal }) => resolved(filter, keyFilters, signal),
      staleTime: 30_000,
      refetchInterval: keyFilters.length > 0 ? filteredEveryMs : (false as const),
    })),
  });
  return new Map(
    wanted.map(({ key }, i) => [
      key,
      {
        entities: results[i]?.data ?? [],
        isLoading: results[i]?.isPending ?? true,
        error: results[i]?.error ?? null,
      },
    ]),
  );
}

export function pairKey(aliasId: string, filterId: string | null | undefined): string {
  return filterId ? `${aliasId} ${filterId}` : aliasId;
}

export function wantedOf(dashboard: Dashboard): Wanted[] {
  const aliases = aliasesOf(dashboard);
  const filters = new Map(filtersOf(dashboard).map((each) => [each.id, each]));
  const wanted = new Map(
    aliases.map(({ id, filter }) => [id, { key: id, filter, keyFilters: [] as KeyFilter[] }]),
  );
  for (const widget of Object.values(widgetsOf(dashboard)))
    for (const { entityAliasId, filterId } of widget.config?.datasources ?? []) {
      const alias = aliases.find(({ id }) => id === entityAliasId);
      const filter = filters.get(filterId ?? "");
      if (!alias || !filter) continue;
      const key = pairKey(alias.id, filter.id);
      wanted.set(key, { key, filter: alias.filter, keyFilters: keyFiltersOf(filter) });
    }
  return [...wanted.values()];
}

export function aliasOf(key: string, aliases: Alias[]): Alias | undefined {
  return aliases.find(({ id }) => key === id || key.startsWith(`${id} `));
}

/// @throws when the filter is of a kind that the server does not know
export async function resolved(
  filter: AliasFilter,
  keyFilters: KeyFilter[] = [],
  signal?: AbortSignal,
): Promise<Entity[]> {
  if (filter.type === "singleEntity") {
    if (!filter.singleEntity) return [];
    if (isPlain(filter.singleEntity) && keyFilters.length === 0)
      return [await one(filter.singleEntity, signal)];
  }
  if (filter.type === "entityList" && !filter.entityList?.length) return [];
  // An alias that somebody is still filling in stands for nothing yet.
  const root = filter.rootEntity as EntityId | undefined;
  if (filter.type === "relationsQuery" && (!root?.entityType || (isPlain(root) && root.id === nobody)))
    return [];
  const field = (key: string) => ({ type: "ENTITY_FIELD", key });
  const page = await post<Page<Found>>("/api/entitiesQuery/find", {
    entityFilter: {
      ...filter,
      ...(filter.type === "entityList" && { entityType: filter.entityType ?? "DEVICE" }),
    },
    keyFilters,
    entityFields: [field("name"), field("type")],
    pageLink: { page: 0, pageSize: entitiesMax, sortOrder: { key: field("name"), direction: "ASC" } },
  });
  return page.data.map(({ entityId, latest }) => ({
    entityType: entityId.entityType,
    id: entityId.id,
    name: latest.ENTITY_FIELD?.name?.value ?? entityId.id,
    type: latest.ENTITY_FIELD?.type?.value ?? "",
  }));
}

/// ThingsBoard has words for whoever looks, as CURRENT_CUSTOMER; only the server knows those.
function isPlain({ entityType }: EntityId): boolean {
  return entityType === "DEVICE" || entityType === "ASSET";
}

async function one({ entityType, id }: EntityId, signal?: AbortSignal): Promise<Entity> {
  const found = await get<Named>(`/api/${entityType.toLowerCase()}/${id}`, {}, signal);
  return {
    entityType: found.id.entityType ?? entityType,
    id: found.id.id,
    name: found.name,
    type: found.type ?? "",
  };
}
