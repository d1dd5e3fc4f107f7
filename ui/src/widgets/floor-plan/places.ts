/// Where entities stand on a picture, in percent from its left and upper edge.
import type { Json } from "../../api/types";
import { numberOf } from "../values";

export interface Place {
  x: number;
  y: number;
}

export type Places = Record<string, Place>;

/// What a setting holds, without what is no place.
export function placesIn(value: Json | undefined): Places {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, place]) => {
      const { x, y } = (place ?? {}) as { x?: Json; y?: Json };
      return typeof x === "number" && typeof y === "number" ? [[id, { x, y }]] : [];
    }),
  );
}

/// Where those stand that nobody has placed yet: side by side in rows.
export function spread(index: number, count: number): Place {
  const columns = Math.max(1, Math.ceil(Math.sqrt(count * 1.6)));
  const rows = Math.max(1, Math.ceil(count / columns));
  const round = (part: number) => Math.round(1_000 * part) / 10;
  return {
    x: round(((index % columns) + 0.5) / columns),
    y: round((Math.floor(index / columns) + 0.5) / rows),
  };
}

/// ThingsBoard's image map: the entity itself says where it is, from 0 to 1.
export function saidPlace(x: Json | undefined, y: Json | undefined): Place | null {
  const [across, down] = [numberOf(x), numberOf(y)];
  if (across === null || down === null || across < 0 || across > 1 || down < 0 || down > 1) return null;
  return { x: 100 * across, y: 100 * down };
}
