/// A fence that is being edited, and how it is written back to where it was read: a geofencing node of a rule
/// chain, or the attribute `perimeter` of a device.
import type { Json, RuleChainMetadata, RuleNode } from "../../api/types";
import type { Position } from "../../map/positions";

export type FenceHome =
  | { kind: "node"; ruleChainId: string; nodeId: string; name: string; chain: string }
  | { kind: "device"; deviceId: string; name: string };

export type FenceShape =
  | { type: "CIRCLE"; centre: Position | null; radiusM: number }
  | { type: "POLYGON"; corners: Position[] };

export interface FenceDraft {
  home: FenceHome;
  shape: FenceShape;
}

const perMeter: Record<string, number> = {
  METER: 1,
  KILOMETER: 0.001,
  FOOT: 3.28084,
  MILE: 0.00062137,
  NAUTICAL_MILE: 0.000539957,
};

/// Whether the node has a fence of its own; one that reads it from the message has none to edit.
export function isFenced({ type, configuration }: RuleNode): boolean {
  return (
    /TbGpsGeofencing(Filter|Action)Node$/.test(type) &&
    configuration.fetchPerimeterInfoFromMessageMetadata !== true
  );
}

export function shapeOfNode({ configuration: settings }: RuleNode): FenceShape {
  if (settings.perimeterType === "CIRCLE") {
    const [latitude, longitude] = [Number(settings.centerLatitude), Number(settings.centerLongitude)];
    return {
      type: "CIRCLE",
      centre: Number.isFinite(latitude + longitude) ? { latitude, longitude } : null,
      radiusM: Math.round(Number(settings.range) / (perMeter[String(settings.rangeUnit)] ?? 1)) || 500,
    };
  }
  return { type: "POLYGON", corners: cornersOf(settings.polygonsDefinition ?? null) };
}

export function shapeOfAttribute(value: Json): FenceShape {
  const parsed = typeof value === "string" ? parse(value) : value;
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) && "radius" in parsed) {
    const [latitude, longitude] = [Number(parsed.latitude), Number(parsed.longitude)];
    return {
      type: "CIRCLE",
      centre: Number.isFinite(latitude + longitude) ? { latitude, longitude } : null,
      radiusM:
        Math.round(Number(parsed.radius) / (perMeter[String(parsed.radiusUnit ?? "METER")] ?? 1)) || 500,
    };
  }
  return { type: "POLYGON", corners: cornersOf(parsed) };
}

/// The chain with the fence in its node.
export function withFence(metadata: RuleChainMetadata, nodeId: string, shape: FenceShape): RuleChainMetadata {
  return {
    ...metadata,
    nodes: metadata.nodes.map((node) =>
      node.id?.id === nodeId
        ? { ...node, configuration: { ...node.configuration, ...settingsOf(shape) } }
        : node,
    ),
  };
}

function settingsOf(shape: FenceShape): Record<string, Json> {
  if (shape.type === "CIRCLE")
    return {
      perimeterType: "CIRCLE",
      centerLatitude: shape.centre?.latitude ?? null,
      centerLongitude: shape.centre?.longitude ?? null,
      range: shape.radiusM,
      rangeUnit: "METER",
    };
  // ThingsBoard keeps the corners as text.
  return { perimeterType: "POLYGON", polygonsDefinition: JSON.stringify(pairsOf(shape.corners)) };
}

export function attributeOf(shape: FenceShape): Json {
  return shape.type === "CIRCLE"
    ? {
        latitude: shape.centre?.latitude ?? null,
        longitude: shape.centre?.longitude ?? null,
        radius: shape.radiusM,
        radiusUnit: "METER",
      }
    : pairsOf(shape.corners);
}

/// The next click: a circle's centre, a polygon's next corner.
export function placed(shape: FenceShape, place: Position): FenceShape {
  const at = { latitude: rounded(place.latitude), longitude: rounded(place.longitude) };
  return shape.type === "CIRCLE" ? { ...shape, centre: at } : { ...shape, corners: [...shape.corners, at] };
}

export function isWhole(shape: FenceShape): boolean {
  return shape.type === "CIRCLE" ? shape.centre !== null && shape.radiusM > 0 : shape.corners.length >= 3;
}

function pairsOf(corners: Position[]): Json {
  return corners.map(({ latitude, longitude }) => [latitude, longitude]);
}

/// The first ring of a list of pairs; one that closes itself does not name its first corner twice here.
function cornersOf(value: Json): Position[] {
  const parsed = typeof value === "string" ? parse(value) : value;
  const ring = firstRing(parsed);
  const corners = ring.map(([latitude, longitude]) => ({ latitude, longitude }));
  const [first, last] = [corners[0], corners.at(-1)];
  const isClosed =
    corners.length > 1 && first?.latitude === last?.latitude && first?.longitude === last?.longitude;
  return isClosed ? corners.slice(0, -1) : corners;
}

function firstRing(value: Json): [number, number][] {
  if (!Array.isArray(value) || value.length === 0) return [];
  const pairs = value.map((each) =>
    Array.isArray(each) && each.length === 2 && !Array.isArray(each[0])
      ? ([Number(each[0]), Number(each[1])] as [number, number])
      : null,
  );
  return pairs.every((pair) => pair?.every(Number.isFinite))
    ? (pairs as [number, number][])
    : firstRing(value[0] ?? null);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(6));
}
