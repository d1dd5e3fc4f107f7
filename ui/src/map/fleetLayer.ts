/// Draws a fleet with its trails on a canvas above the map. Markers are copied as pixels by this thread: without a
/// graphics card that is many times quicker than WebGL, whose every frame must be read back, and with one it costs
/// little. The map below is not drawn again.
import type { Fleet, Vehicle } from "./fleet";
import type { WorldPoint } from "./positions";
import { Sprites } from "./sprites";
import { drawTrails } from "./trails";

/// What the map looks at, in world units.
export interface MapView {
  center: WorldPoint;
  /// Pixels of the whole world's width.
  worldSize: number;
  width: number;
  height: number;
}

export class FleetLayer {
  private readonly paper: CanvasRenderingContext2D;
  private ratio = 1;
  private image: ImageData | null = null;
  private pixels = new Uint32Array(0);
  private sprites = new Sprites(1);
  private chosen = new Sprites(1);
  private hasTrails = false;
  // Rows that the last frame drew markers in; nothing else is cleared and shown again.
  private drawn = { top: 0, bottom: 0 };

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly fleet: Fleet,
  ) {
    const paper = canvas.getContext("2d", { willReadFrequently: true });
    if (!paper) throw new Error("This browser has no canvas.");
    this.paper = paper;
  }

  resize(width: number, height: number, ratio: number): void {
    this.ratio = ratio;
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.image = null;
  }

  draw(view: MapView, nowMs: number, selected: string | null): void {
    const { paper, canvas } = this;
    const image = this.imageOf();
    const old = this.drawn;
    this.pixels.fill(0, old.top * canvas.width, old.bottom * canvas.width);
    if (this.hasTrails) paper.clearRect(0, 0, canvas.width, canvas.height);
    this.drawMarkers(view, nowMs, selected);
    const top = Math.min(old.top, this.drawn.top);
    const bottom = Math.max(old.bottom, this.drawn.bottom);
    if (bottom > top) paper.putImageData(image, 0, 0, 0, top, canvas.width, bottom - top);
    this.hasTrails = drawTrails(paper, this.fleet, view, this.ratio, selected);
  }

  /// The vehicle nearest to a point of the canvas, within reach of a finger.
  nearest(view: MapView, x: number, y: number, placeOf: (vehicle: Vehicle) => WorldPoint): Vehicle | null {
    let best: Vehicle | null = null;
    let bestDistance = 20;
    for (const vehicle of this.fleet.vehicles) {
      const place = placeOf(vehicle);
      const dx = (place.x - view.center.x) * view.worldSize + view.width / 2 - x;
      const dy = (place.y - view.center.y) * view.worldSize + view.height / 2 - y;
      const distance = Math.hypot(dx, dy);
      if (distance >= bestDistance) continue;
      best = vehicle;
      bestDistance = distance;
    }
    return best;
  }

  private imageOf(): ImageData {
    if (this.image) return this.image;
    const { width, height } = this.canvas;
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.drawn = { top: 0, bottom: height };
    return this.image;
  }

  private drawMarkers(view: MapView, nowMs: number, selected: string | null): void {
    const { canvas, fleet, pixels, ratio } = this;
    const { width, height } = canvas;
    this.sizeSprites(markerSize(fleet.vehicles.length) * ratio);
    const { sprites } = this;
    // World to pixels, one multiplication and one addition each way.
    const scale = view.worldSize * ratio;
    const right = (view.width * ratio) / 2 - view.center.x * scale;
    const down = (view.height * ratio) / 2 - view.center.y * scale;
    let top = height;
    let bottom = 0;
    const stamp = ({ source, target, startMs, glideMs, color }: Vehicle, from: Sprites) => {
      const part = glideMs === 0 ? 1 : Math.max(0, Math.min(1, (nowMs - startMs) / glideMs));
      const x = (source.x + (target.x - source.x) * part) * scale + right;
      const y = (source.y + (target.y - source.y) * part) * scale + down;
      if (!from.stamp(pixels, width, height, x, y, color)) return;
      top = Math.min(top, Math.floor(y - from.side / 2));
      bottom = Math.max(bottom, Math.ceil(y + from.side / 2) + 1);
    };
    for (const vehicle of fleet.vehicles) stamp(vehicle, sprites);
    const chosen = selected === null ? null : fleet.find(selected);
    if (chosen) stamp(chosen, this.chosen);
    this.drawn = { top: Math.max(0, top), bottom: Math.min(height, bottom) };
  }

  private sizeSprites(size: number): void {
    if (this.sprites.size === size) return;
    this.sprites = new Sprites(size);
    this.chosen = new Sprites(1.6 * size, true);
  }
}

function markerSize(count: number): number {
  if (count > 3_000) return 7;
  return count > 300 ? 11 : 16;
}
