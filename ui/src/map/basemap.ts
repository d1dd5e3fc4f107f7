/// The offline map below everything: land, borders, lakes, rivers and names, from one file of this server.
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre, StyleSpecification } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import basemapUrl from "../../target/basemap.json?url";

export type Scheme = "light" | "dark";

type World = Topology<Record<"countries" | "names" | "lakes" | "rivers", GeometryCollection>>;

const colors = {
  light: {
    sea: "#d3e4ea",
    land: "#f6f5f0",
    border: "#c3bfb0",
    water: "#c4dbe4",
    name: "#6b6a5e",
    grid: "#8fa3ad",
    fence: "#a8480b",
  },
  dark: {
    sea: "#12191d",
    land: "#222b30",
    border: "#43525a",
    water: "#18242b",
    name: "#9fb0b8",
    grid: "#5b6f79",
    fence: "#ffb066",
  },
} as const;

const nothing: FeatureCollection = { type: "FeatureCollection", features: [] };

let world: Promise<Record<"countries" | "borders" | "names" | "lakes" | "rivers", FeatureCollection>> | null =
  null;

/// The map's data, read once for the whole visit.
function loadWorld() {
  world ??= fetch(basemapUrl)
    .then((response) => {
      if (!response.ok) throw new Error(`The basemap could not be read (status ${response.status}).`);
      return response.json() as Promise<World>;
    })
    .then((topology) => ({
      countries: feature(topology, topology.objects.countries) as FeatureCollection,
      borders: {
        type: "FeatureCollection" as const,
        features: [
          {
            type: "Feature" as const,
            properties: {},
            geometry: mesh(topology, topology.objects.countries, (a, b) => a !== b),
          },
        ],
      },
      names: feature(topology, topology.objects.names) as FeatureCollection,
      lakes: feature(topology, topology.objects.lakes) as FeatureCollection,
      rivers: feature(topology, topology.objects.rivers) as FeatureCollection,
    }));
  world.catch(() => {
    world = null;
  });
  return world;
}

export async function basemapStyle(scheme: Scheme): Promise<StyleSpecification> {
  const data = await loadWorld();
  const color = colors[scheme];
  const source = (collection: FeatureCollection, maxzoom = 8) => ({
    type: "geojson" as const,
    data: collection,
    maxzoom,
    tolerance: 0.5,
  });
  return {
    version: 8,
    sources: {
      countries: source(data.countries),
      borders: source(data.borders),
      names: source(data.names),
      lakes: source(data.lakes),
      rivers: source(data.rivers),
      grid: source(nothing, 14),
      fences: source(nothing, 16),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": color.sea } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": color.land } },
      {
        id: "rivers",
        type: "line",
        source: "rivers",
        minzoom: 2,
        paint: { "line-color": color.water, "line-width": 1 },
      },
      { id: "lakes", type: "fill", source: "lakes", minzoom: 2, paint: { "fill-color": color.water } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": color.border } },
      {
        id: "grid",
        type: "line",
        source: "grid",
        paint: { "line-color": color.grid, "line-width": 0.5, "line-opacity": 0.5 },
      },
      {
        id: "fence areas",
        type: "fill",
        source: "fences",
        paint: { "fill-color": color.fence, "fill-opacity": 0.12 },
      },
      {
        id: "fence edges",
        type: "line",
        source: "fences",
        paint: { "line-color": color.fence, "line-width": 2, "line-dasharray": [3, 2] },
      },
      {
        id: "names",
        type: "symbol",
        source: "names",
        layout: {
          "text-field": ["get", "name"],
          "text-font": ["sans-serif"],
          "text-size": 12,
          "text-max-width": 7,
          "symbol-sort-key": ["-", ["get", "size"]],
        },
        paint: { "text-color": color.name, "text-halo-color": color.land, "text-halo-width": 1.2 },
      },
      {
        id: "fence names",
        type: "symbol",
        source: "fences",
        layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 12 },
        paint: { "text-color": color.fence, "text-halo-color": color.land, "text-halo-width": 1.5 },
      },
    ],
  };
}

export function setData(map: MapLibre, source: "grid" | "fences", data: FeatureCollection): void {
  map.getSource<GeoJSONSource>(source)?.setData(data);
}
