/// Where a record says its sender is.
import type { KafkaRecord } from "../api/kafka";
import type { Json } from "../api/types";

export interface Position {
  longitude: number;
  latitude: number;
}

const names = {
  longitude: ["longitude", "lon", "lng", "long"],
  latitude: ["latitude", "lat"],
};

/// The position in a record's value, also one level down ({"position": {"lat": …}}), or null.
export function positionOf(value: Json): Position | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const here = direct(value);
  if (here) return here;
  for (const child of Object.values(value)) {
    const inside =
      typeof child === "object" && child !== null && !Array.isArray(child) ? direct(child) : null;
    if (inside) return inside;
  }
  return null;
}

function direct(value: { [key: string]: Json }): Position | null {
  const longitude = first(value, names.longitude);
  const latitude = first(value, names.latitude);
  const isOnEarth = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  return isOnEarth ? { longitude, latitude } : null;
}

function first(value: { [key: string]: Json }, candidates: string[]): number {
  for (const name of candidates) {
    const found = value[name];
    if (typeof found === "number") return found;
    if (typeof found === "string" && found.trim() !== "") return Number(found);
  }
  return Number.NaN;
}

/// Which marker a record moves: one per key, and one for all records without.
export function vehicleOf({ key, topic }: KafkaRecord): string {
  return key ?? topic;
}

export interface WorldPoint {
  x: number;
  y: number;
}

const latitudeMax = 85.0511;

/// Web Mercator: the world is 1 by 1, x to the east, y to the south.
export function mercator({ longitude, latitude }: Position): WorldPoint {
  const clamped = Math.max(-latitudeMax, Math.min(latitudeMax, latitude));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return {
    x: (longitude + 180) / 360,
    y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI),
  };
}
