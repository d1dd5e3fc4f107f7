/// Which values are whose: kept in the server attribute `energy` of the tenant, proposed by name until then.
import { queryOptions } from "@tanstack/react-query";
import { get, post } from "../../api/http";
import { session } from "../../api/session";
import type { Attribute, DeviceInfo, DeviceProfile, Json, Page } from "../../api/types";

export interface MeterKey {
  deviceId: string;
  key: string;
}

export const meterKinds = ["consumption", "production", "battery", "light"] as const;
export type MeterKind = (typeof meterKinds)[number];
export type Meters = Record<MeterKind, MeterKey[]>;

export interface NamedKey extends MeterKey {
  name: string;
  isCounter: boolean;
}

const devicesMax = 1_000;
const attribute = "energy";
const path = () => `/api/plugins/telemetry/TENANT/${session.caller()?.tenantId}`;

const words: Record<MeterKind, RegExp> = {
  production: /produc|solar|pv|yield|export/i,
  consumption: /consum|energy|import|kwh|usage|load/i,
  battery: /batter|soc|charge|level/i,
  light: /light|lux|irradian|sun/i,
};

/// By their names: what no word fits and counts is consumption.
export function proposed(counters: MeterKey[], gauges: MeterKey[]): Meters {
  const isProduction = ({ key }: MeterKey) => words.production.test(key);
  return {
    consumption: counters.filter((each) => !isProduction(each)),
    production: counters.filter(isProduction),
    battery: gauges.filter(({ key }) => words.battery.test(key)).slice(0, 1),
    light: gauges.filter(({ key }) => words.light.test(key)).slice(0, 1),
  };
}

export interface Known {
  meters: Meters;
  isChosen: boolean;
  /// All that can be chosen.
  keys: NamedKey[];
}

export const metersQuery = queryOptions({
  queryKey: ["energy", "meters"],
  queryFn: async ({ signal }): Promise<Known> => {
    const [devices, profiles, kept] = await Promise.all([
      get<Page<DeviceInfo>>("/api/tenant/deviceInfos", { pageSize: devicesMax, page: 0 }, signal),
      get<Page<DeviceProfile>>("/api/deviceProfiles", { pageSize: devicesMax, page: 0 }, signal),
      get<Attribute[]>(`${path()}/values/attributes/SERVER_SCOPE`, { keys: attribute }, signal),
    ]);
    const keys = keysOf(devices.data, profiles.data);
    const chosen = read(kept[0]?.value ?? null);
    const split = (isCounter: boolean) => keys.filter((each) => each.isCounter === isCounter).map(bare);
    return {
      meters: chosen ?? proposed(split(true), split(false)),
      isChosen: chosen !== null,
      keys,
    };
  },
});

export async function keep(meters: Meters): Promise<void> {
  await post(`${path()}/SERVER_SCOPE`, { [attribute]: meters as unknown as Json });
}

/// What the profiles of the devices say of their keys.
function keysOf(devices: DeviceInfo[], profiles: DeviceProfile[]): NamedKey[] {
  const kinds = new Map(
    profiles.map(({ id, profileData }) => [
      id.id,
      (profileData.valueKinds ?? {}) as Record<string, { kind?: string }>,
    ]),
  );
  return devices.flatMap(({ id, name, deviceProfileId }) =>
    Object.entries(kinds.get(deviceProfileId?.id ?? "") ?? {}).map(([key, { kind }]) => ({
      deviceId: id.id,
      key,
      name: `${name} · ${key}`,
      isCounter: kind === "COUNTER",
    })),
  );
}

function bare({ deviceId, key }: NamedKey): MeterKey {
  return { deviceId, key };
}

function read(value: Json): Meters | null {
  const given = typeof value === "string" ? parsed(value) : value;
  if (typeof given !== "object" || given === null || Array.isArray(given)) return null;
  const listOf = (kind: MeterKind): MeterKey[] => {
    const list = given[kind];
    return Array.isArray(list)
      ? list.flatMap((each) => {
          const { deviceId, key } = (each ?? {}) as { deviceId?: Json; key?: Json };
          return typeof deviceId === "string" && typeof key === "string" ? [{ deviceId, key }] : [];
        })
      : [];
  };
  return Object.fromEntries(meterKinds.map((kind) => [kind, listOf(kind)])) as Meters;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
