/// Geofences where ThingsBoard keeps them: in the settings of geofencing nodes and in attributes of devices.
import type { Feature, FeatureCollection, Polygon, Position } from "geojson";
import type { Json, RuleNode } from "../api/types";

const earthKm = 6371;
const perKm: Record<string, number> = {
  METER: 1000,
  KILOMETER: 1,
  FOOT: 3280.84,
  MILE: 0.62137,
  NAUTICAL_MILE: 0.539957,
};

/// The fence that a geofencing node has in its own settings, or null.
export function fenceOfNode({ type, name, configuration: settings }: RuleNode): Feature[] {
  if (!/TbGpsGeofencing(Filter|Action)Node$/.test(type)) return [];
  if (settings.fetchPerimeterInfoFromMessageMetadata === true) return [];
  if (settings.perimeterType === "CIRCLE") {
    const { centerLatitude, centerLongitude, range, rangeUnit } = settings;
    return circle(name, {
      latitude: centerLatitude,
      longitude: centerLongitude,
      radius: range,
      radiusUnit: rangeUnit,
    });
  }
  return fenceOfJson(name, settings.polygonsDefinition ?? null);
}

/// A fence as an attribute has it: corners as [latitude, longitude], a circle, or GeoJSON; text is parsed.
export function fenceOfJson(name: string, value: Json): Feature[] {
  const parsed = typeof value === "string" ? parse(value) : value;
  if (Array.isArray(parsed)) return rings(parsed).map((ring) => polygon(name, [ring]));
  if (typeof parsed !== "object" || parsed === null) return [];
  if (parsed.type === "Polygon") return [polygon(name, parsed.coordinates as unknown as Position[][])];
  if (parsed.type === "Feature") return fenceOfJson(name, parsed.geometry ?? null);
  if (parsed.type === "MultiPolygon")
    return (parsed.coordinates as unknown as Position[][][]).map((part) => polygon(name, part));
  if (parsed.type === "FeatureCollection" && Array.isArray(parsed.features))
    return parsed.features.flatMap((each) => fenceOfJson(nameOf(each) ?? name, each));
  return circle(name, parsed);
}

export function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

function nameOf(feature: Json): string | null {
  const name = (feature as { properties?: { name?: unknown } } | null)?.properties?.name;
  return typeof name === "string" ? name : null;
}

// ThingsBoard: a list of pairs is a ring, a list of lists holds more; two corners stand for a rectangle.
function rings(list: Json[]): Position[][] {
  const corners = list.filter(isCorner);
  if (corners.length !== list.length || corners.length === 0)
    return list.flatMap((inner) => (Array.isArray(inner) ? rings(inner) : []));
  const points = corners.map(([latitude, longitude]): Position => [Number(longitude), Number(latitude)]);
  return [closed(points.length === 2 ? rectangle(points as [Position, Position]) : points)];
}

function isCorner(value: Json): value is [Json, Json] {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isFinite(Number(each)));
}

function rectangle([a, c]: [Position, Position]): Position[] {
  const [west = 0, south = 0] = a;
  const [east = 0, north = 0] = c;
  return [a, [east, south], c, [west, north]];
}

function closed(points: Position[]): Position[] {
  const [first, last] = [points[0], points.at(-1)];
  const isClosed = first && last && first[0] === last[0] && first[1] === last[1];
  return isClosed || !first ? points : [...points, first];
}

function polygon(name: string, coordinates: Position[][]): Feature<Polygon> {
  return { type: "Feature", properties: { name }, geometry: { type: "Polygon", coordinates } };
}

function circle(
  name: string,
  { latitude, longitude, radius, radiusUnit }: { [key: string]: Json | undefined },
) {
  const [y, x, length] = [Number(latitude), Number(longitude), Number(radius)];
  if (![y, x, length].every(Number.isFinite) || length <= 0) return [];
  const angle = length / (perKm[String(radiusUnit ?? "METER")] ?? 1000) / earthKm;
  const ring = Array.from({ length: 65 }, (_, i): Position => around(x, y, angle, (i / 64) * 2 * Math.PI));
  return [polygon(name, [ring])];
}

/// The place at a distance (as an angle) and a bearing, both in radians.
function around(longitude: number, latitude: number, angle: number, bearing: number): Position {
  const y = (latitude * Math.PI) / 180;
  const target = Math.asin(Math.sin(y) * Math.cos(angle) + Math.cos(y) * Math.sin(angle) * Math.cos(bearing));
  const turn = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(y),
    Math.cos(angle) - Math.sin(y) * Math.sin(target),
  );
  return [longitude + (turn * 180) / Math.PI, (target * 180) / Math.PI];
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
