/// The map, the fleet above it, and the frames that keep both together.
import type { FeatureCollection } from "geojson";
import { Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { basemapStyle, type Scheme, setData } from "./basemap";
import { type Bounds, type Fleet, placeAt } from "./fleet";
import { FleetLayer, type MapView } from "./fleetLayer";
import { gridLines } from "./grid";
import { mercator, type Position } from "./positions";

setWorkerUrl(workerUrl);

const tileSize = 512;
const refitEveryMs = 1_000;
const closestFit = 14;
const singleFit = 5;

interface Listeners {
  onSelect: (key: string | null) => void;
  onFailure: (reason: string) => void;
  /// Somebody points at a place; true when that is all the click means.
  onPlace?: (place: Position) => boolean;
}

export class MapScene {
  private readonly map: MapLibre;
  private readonly layer: FleetLayer;
  private frame = 0;
  private drawnVersion = -1;
  private isMapMoved = true;
  private isFollowing = true;
  private fitted: Bounds | null = null;
  private fittedMs = 0;
  private selected: string | null = null;
  private isClosed = false;
  private fences: FeatureCollection = { type: "FeatureCollection", features: [] };

  constructor(
    container: HTMLElement,
    private readonly overlay: HTMLCanvasElement,
    private readonly fleet: Fleet,
    private readonly listeners: Listeners,
  ) {
    this.layer = new FleetLayer(overlay, fleet);
    this.map = new MapLibre({
      container,
      center: [15, 25],
      zoom: 1,
      style: { version: 8, sources: {}, layers: [] },
      renderWorldCopies: false,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 19,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new ScaleControl(), "bottom-left");
    this.listen();
    this.resized();
    this.frame = requestAnimationFrame(this.drawFrame);
  }

  /// Shows the basemap in a scheme, and these fences.
  show(scheme: Scheme, fences: FeatureCollection): void {
    this.fences = fences;
    basemapStyle(scheme).then(
      (style) => {
        if (this.isClosed) return;
        this.map.setStyle(style, { diff: false });
        this.map.once("style.load", () => {
          setData(this.map, "fences", this.fences);
          this.drawGrid();
        });
      },
      (failure) => this.listeners.onFailure(String(failure.message)),
    );
  }

  /// Draws these fences instead, on the basemap as it stands.
  fence(fences: FeatureCollection): void {
    this.fences = fences;
    if (this.map.getSource("fences")) setData(this.map, "fences", fences);
  }

  select(key: string | null): void {
    this.selected = key;
    this.isMapMoved = true;
    const vehicle = key === null ? null : this.fleet.find(key);
    const view = vehicle && this.map.getBounds();
    if (!vehicle || !view) return;
    const place: [number, number] = [vehicle.position.longitude, vehicle.position.latitude];
    if (!view.contains(place)) this.map.easeTo({ center: place, duration: 400 });
  }

  /// Keeps all vehicles in sight, until a person moves the map.
  followAll(): void {
    this.isFollowing = true;
    this.fit(400);
  }

  close(): void {
    this.isClosed = true;
    cancelAnimationFrame(this.frame);
    this.map.remove();
  }

  private listen(): void {
    this.map.on("resize", () => this.resized());
    this.map.on("render", () => {
      this.isMapMoved = true;
    });
    this.map.on("moveend", () => this.drawGrid());
    for (const event of ["dragstart", "zoomstart"] as const)
      this.map.on(event, ({ originalEvent }) => {
        if (originalEvent) this.isFollowing = false;
      });
    this.map.on("click", ({ point, lngLat }) => {
      if (this.listeners.onPlace?.({ longitude: lngLat.lng, latitude: lngLat.lat })) return;
      const now = performance.now();
      const place = (vehicle: Parameters<typeof placeAt>[0]) => placeAt(vehicle, now);
      this.listeners.onSelect(this.layer.nearest(this.view(), point.x, point.y, place)?.key ?? null);
    });
    this.map.on("error", ({ error }) => this.listeners.onFailure(error.message));
  }

  private readonly drawFrame = (): void => {
    this.frame = requestAnimationFrame(this.drawFrame);
    const now = performance.now();
    const isChanged = this.drawnVersion !== this.fleet.version;
    if (this.isFollowing && this.fleet.bounds !== this.fitted && now - this.fittedMs > refitEveryMs)
      this.fitWhenOutside(now);
    if (!isChanged && !this.isMapMoved && now > this.fleet.movingUntilMs + 50) return;
    this.drawnVersion = this.fleet.version;
    this.isMapMoved = false;
    this.layer.draw(this.view(), now, this.selected);
  };

  private view(): MapView {
    const { lng, lat } = this.map.getCenter();
    const { clientWidth, clientHeight } = this.map.getContainer();
    return {
      center: mercator({ longitude: lng, latitude: lat }),
      worldSize: tileSize * 2 ** this.map.getZoom(),
      width: clientWidth,
      height: clientHeight,
    };
  }

  private fitWhenOutside(now: number): void {
    this.fittedMs = now;
    const { bounds } = this.fleet;
    const sight = this.map.getBounds();
    if (!bounds) return;
    this.fitted = bounds;
    const isInside =
      sight.contains([bounds.west, bounds.south]) && sight.contains([bounds.east, bounds.north]);
    const width = sight.getEast() - sight.getWest();
    const extent = Math.max(bounds.east - bounds.west, 2 * (bounds.north - bounds.south));
    const isTooFar = extent > 0 ? width > 6 * extent && this.map.getZoom() < closestFit : width > 90;
    if (!isInside || isTooFar) this.fit(600);
  }

  private fit(durationMs: number): void {
    const { bounds } = this.fleet;
    if (!bounds) return;
    const { west, south, east, north } = bounds;
    const maxZoom = east - west + north - south > 0 ? closestFit : singleFit;
    this.map.fitBounds([west, south, east, north], { padding: 56, maxZoom, duration: durationMs });
  }

  private drawGrid(): void {
    const sight = this.map.getBounds();
    const [width, height] = [sight.getEast() - sight.getWest(), sight.getNorth() - sight.getSouth()];
    // Beyond what is in sight, so that there are lines already while the map is moved.
    const lines = gridLines({
      west: Math.max(-180, sight.getWest() - width),
      south: Math.max(-85, sight.getSouth() - height),
      east: Math.min(180, sight.getEast() + width),
      north: Math.min(85, sight.getNorth() + height),
    });
    setData(this.map, "grid", lines);
  }

  private resized(): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    this.layer.resize(clientWidth, clientHeight, Math.min(2, window.devicePixelRatio));
    this.overlay.style.width = `${clientWidth}px`;
    this.overlay.style.height = `${clientHeight}px`;
    this.isMapMoved = true;
  }
}
