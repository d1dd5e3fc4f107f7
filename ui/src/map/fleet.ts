/// Many vehicles between two fixes each: every fix is a place to glide to, in the time the last one took.
import { mercator, type Position, type WorldPoint } from "./positions";

export interface Vehicle {
  key: string;
  color: number;
  /// Where it was when the last fix came.
  source: WorldPoint;
  /// The last fix.
  target: WorldPoint;
  startMs: number;
  glideMs: number;
  position: Position;
  fixes: number;
  /// Earlier fixes, oldest first, ending with the last one.
  trail: WorldPoint[];
}

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

const trailMax = 120;
const glideShortestMs = 100;
const glideLongestMs = 5_000;
/// Colors that vehicles take turns in.
export const colorCount = 8;

export class Fleet {
  private readonly byKey = new Map<string, number>();
  readonly vehicles: Vehicle[] = [];
  /// Where anything has been so far; another object whenever it grows.
  bounds: Bounds | null = null;
  /// Grows with every change, so that a drawing knows whether it is current.
  version = 0;
  /// Until when something glides.
  movingUntilMs = 0;
  /// Fixes of vehicles beyond the limit.
  refused = 0;

  constructor(readonly vehiclesMax = 20_000) {}

  fix(key: string, position: Position, nowMs: number): void {
    const known = this.byKey.get(key);
    if (known === undefined) this.add(key, position, nowMs);
    else this.move(this.vehicles[known] as Vehicle, position, nowMs);
  }

  find(key: string): Vehicle | null {
    return this.vehicles[this.byKey.get(key) ?? -1] ?? null;
  }

  indexOf(key: string | null): number {
    return key === null ? -1 : (this.byKey.get(key) ?? -1);
  }

  private add(key: string, position: Position, nowMs: number): void {
    if (this.vehicles.length >= this.vehiclesMax) {
      this.refused++;
      return;
    }
    const target = mercator(position);
    this.byKey.set(key, this.vehicles.length);
    this.vehicles.push({
      key,
      color: hash(key) % colorCount,
      source: target,
      target,
      startMs: nowMs,
      glideMs: 0,
      position,
      fixes: 1,
      trail: [target],
    });
    this.changed(position);
  }

  private move(vehicle: Vehicle, position: Position, nowMs: number): void {
    const sinceLast = nowMs - vehicle.startMs;
    vehicle.source = placeAt(vehicle, nowMs);
    vehicle.target = mercator(position);
    vehicle.glideMs = Math.max(glideShortestMs, Math.min(glideLongestMs, sinceLast));
    vehicle.startMs = nowMs;
    vehicle.position = position;
    vehicle.fixes++;
    vehicle.trail.push(vehicle.target);
    if (vehicle.trail.length > trailMax) vehicle.trail.shift();
    this.movingUntilMs = Math.max(this.movingUntilMs, nowMs + vehicle.glideMs);
    this.changed(position);
  }

  private changed({ longitude, latitude }: Position): void {
    this.version++;
    if (!this.bounds || !isWithin(this.bounds, longitude, latitude))
      this.bounds = widened(this.bounds, longitude, latitude);
  }
}

/// Where a vehicle is drawn at a time.
export function placeAt({ source, target, startMs, glideMs }: Vehicle, nowMs: number): WorldPoint {
  const part = glideMs === 0 ? 1 : Math.max(0, Math.min(1, (nowMs - startMs) / glideMs));
  return { x: source.x + (target.x - source.x) * part, y: source.y + (target.y - source.y) * part };
}

function isWithin({ west, south, east, north }: Bounds, longitude: number, latitude: number): boolean {
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

function widened(old: Bounds | null, longitude: number, latitude: number): Bounds {
  return {
    west: Math.min(old?.west ?? longitude, longitude),
    south: Math.min(old?.south ?? latitude, latitude),
    east: Math.max(old?.east ?? longitude, longitude),
    north: Math.max(old?.north ?? latitude, latitude),
  };
}

function hash(text: string): number {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) >>> 0;
  return sum;
}
