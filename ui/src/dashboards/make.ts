/// A useful dashboard of one device, made in one click.
import type { DeviceInfo } from "../api/types";
import type { Snapshot } from "../live";
import { type Dashboard, type DataKey, emptyDashboard, withAlias, withWidget } from "./model";
import { ownPrefix } from "./thingsboard";

const cardsMax = 4;
const linesMax = 6;

export function dashboardOf(device: Pick<DeviceInfo, "id" | "name">, latest: Snapshot): Dashboard {
  const keys = [...latest.keys()].sort((a, b) => a.localeCompare(b));
  const numbers = keys.filter((key) => typeof latest.get(key)?.value === "number");
  const words = keys.filter((key) => ["string", "boolean"].includes(typeof latest.get(key)?.value));
  const isPlaced = latest.has("latitude") && latest.has("longitude");
  const measures = numbers.filter((key) => !isPlaced || !["latitude", "longitude"].includes(key));
  let made = withAlias(emptyDashboard(device.name), {
    id: "device",
    alias: device.name,
    filter: { type: "singleEntity", singleEntity: device.id },
  });
  const add = (name: string, title: string, of: string[], w: number, h: number) => {
    made = withWidget(made, `${name}-${of.join("-") || "all"}`, widgetOf(name, title, of), { w, h });
  };
  for (const key of measures.slice(0, cardsMax)) add("value-card", key, [key], 6, 3);
  if (measures.length > 0)
    add("time-series", device.name, measures.slice(0, linesMax), isPlaced ? 14 : 24, 7);
  if (isPlaced) add("map", "Map", ["latitude", "longitude"], 10, 7);
  for (const key of words.slice(0, 2)) add("state-timeline", key, [key], 24, 3);
  add("values-table", "Latest values", keys, 12, 6);
  add("alarms-table", "Alarms", [], 12, 6);
  return made;
}

export function widgetOf(name: string, title: string, keys: string[], aliasId = "device") {
  const dataKeys: DataKey[] = keys.map((key) => ({ name: key, type: "timeseries", label: key }));
  return {
    typeFullFqn: ownPrefix + name,
    type: "latest",
    config: { title, datasources: [{ type: "entity", entityAliasId: aliasId, dataKeys }], settings: {} },
  };
}
