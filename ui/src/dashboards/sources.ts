/// From a widget's data sources to the entities and keys that it shows.
import type { WidgetSource } from "../widgets/widget";
import { pairKey, type Resolved } from "./entities";
import type { StoredWidget } from "./model";

export function sourcesOf(widget: StoredWidget, resolved: ReadonlyMap<string, Resolved>): WidgetSource[] {
  return (widget.config?.datasources ?? []).flatMap(
    ({ entityAliasId, filterId, deviceId, dataKeys = [] }) => {
      const keys = dataKeys.filter(({ type }) => type === "timeseries" || type === "attribute");
      const looks = Object.fromEntries(
        keys.map(({ name, label, units, decimals, color }) => [
          name,
          { label: label ?? name, unit: units ?? "", decimals: decimals ?? null, color: color ?? null },
        ]),
      );
      const part = { keys: keys.map(({ name }) => name), looks };
      if (deviceId && !entityAliasId) return [{ ...part, deviceId, entityType: "DEVICE" }];
      return entitiesOf(entityAliasId ?? "", filterId, resolved).map(({ entityType, id, name }) => ({
        ...part,
        deviceId: id,
        entityType,
        name,
      }));
    },
  );
}

/// A filter that is gone filters nothing.
function entitiesOf(
  aliasId: string,
  filterId: string | null | undefined,
  resolved: ReadonlyMap<string, Resolved>,
) {
  return (resolved.get(pairKey(aliasId, filterId)) ?? resolved.get(aliasId))?.entities ?? [];
}
