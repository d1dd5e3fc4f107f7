/// Lines of longitude and latitude for closer looks, where the basemap has little to show.
import type { Feature, FeatureCollection } from "geojson";
import type { Bounds } from "./fleet";

// Three views wide: about eight lines cross what is in sight.
const linesAcross = 24;

/// Lines at a round distance, about 24 across these bounds.
export function gridLines({ west, south, east, north }: Bounds): FeatureCollection {
  const step = roundStep((east - west) / linesAcross);
  const features: Feature[] = [];
  for (const x of steps(west, east, step)) features.push(line([x, south], [x, north]));
  for (const y of steps(south, north, step)) features.push(line([west, y], [east, y]));
  return { type: "FeatureCollection", features };
}

/// 1, 2 or 5 times a power of ten, in degrees, not below the given distance.
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * power >= least) ?? 10;
  return factor * power;
}

function steps(from: number, until: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(until / step) - first + 1);
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

function line(source: [number, number], target: [number, number]): Feature {
  return {
    type: "Feature",
    properties: {},
    geometry: { type: "LineString", coordinates: [source, target] },
  };
}
