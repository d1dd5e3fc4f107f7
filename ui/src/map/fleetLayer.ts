/// Draws a fleet with its trails on a WebGL canvas above the map. The glide between two fixes is computed on the
/// graphics side: a frame costs a handful of numbers however many vehicles there are, and the map below is not
/// drawn again.
import type { Fleet, Vehicle } from "./fleet";
import type { WorldPoint } from "./positions";
import { type Program, program } from "./shaders";

/// What the map looks at, in world units.
export interface MapView {
  center: WorldPoint;
  /// Pixels of the whole world's width.
  worldSize: number;
  width: number;
  height: number;
}

const vehicleFloats = 7;
const segmentFloats = 6;
const segmentsMax = 6_000;

export class FleetLayer {
  private readonly gl: WebGL2RenderingContext;
  private readonly markers: Program;
  private readonly trails: Program;
  private readonly corners: WebGLBuffer;
  private readonly vehicleBuffer: WebGLBuffer;
  private readonly segmentBuffer: WebGLBuffer;
  private vehicleData = new Float32Array(0);
  private segmentData = new Float32Array(0);
  private segmentCount = 0;
  private drawnVersion = -1;
  // Places are kept relative to an anchor near the view: a 32-bit float alone is too coarse for streets.
  private anchor: WorldPoint = { x: 0.5, y: 0.5 };
  private epochMs = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly fleet: Fleet,
  ) {
    const gl = canvas.getContext("webgl2", { antialias: false, depth: false, premultipliedAlpha: true });
    if (!gl) throw new Error("This browser has no WebGL 2.");
    this.gl = gl;
    this.markers = program(gl, "marker");
    this.trails = program(gl, "trail");
    this.corners = buffer(gl, new Float32Array([0, -1, 0, 1, 1, -1, 1, 1]));
    this.vehicleBuffer = buffer(gl);
    this.segmentBuffer = buffer(gl);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  resize(width: number, height: number, ratio: number): void {
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }

  draw(view: MapView, nowMs: number, selected: string | null): void {
    const { gl, fleet } = this;
    if (this.isFarFrom(view)) {
      this.anchor = view.center;
      this.drawnVersion = -1;
    }
    if (this.drawnVersion !== fleet.version) this.upload(nowMs);
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.drawTrails(view);
    this.drawMarkers(view, nowMs, selected);
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

  private isFarFrom({ center, width, worldSize }: MapView): boolean {
    const reach = (8 * width) / worldSize;
    return Math.abs(center.x - this.anchor.x) > reach || Math.abs(center.y - this.anchor.y) > reach;
  }

  private upload(nowMs: number): void {
    const { gl, fleet } = this;
    const { vehicles } = fleet;
    this.epochMs = nowMs;
    if (this.vehicleData.length < vehicles.length * vehicleFloats)
      this.vehicleData = new Float32Array(vehicles.length * vehicleFloats * 2);
    let at = 0;
    for (const { source, target, startMs, glideMs, color } of vehicles) {
      this.vehicleData[at++] = source.x - this.anchor.x;
      this.vehicleData[at++] = source.y - this.anchor.y;
      this.vehicleData[at++] = target.x - this.anchor.x;
      this.vehicleData[at++] = target.y - this.anchor.y;
      this.vehicleData[at++] = startMs - nowMs;
      this.vehicleData[at++] = Math.max(1, glideMs);
      this.vehicleData[at++] = color;
    }
    this.fillSegments(vehicles);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.vehicleBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.vehicleData.subarray(0, at), gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.segmentBuffer);
    const used = this.segmentData.subarray(0, this.segmentCount * segmentFloats);
    gl.bufferData(gl.ARRAY_BUFFER, used, gl.DYNAMIC_DRAW);
    this.drawnVersion = fleet.version;
  }

  // Each vehicle's trail up to the fix before the last: from there on the marker itself draws it.
  private fillSegments(vehicles: Vehicle[]): void {
    const each = Math.floor(segmentsMax / Math.max(1, vehicles.length));
    if (this.segmentData.length === 0) this.segmentData = new Float32Array(segmentsMax * segmentFloats);
    let at = 0;
    for (const { trail, color } of vehicles) {
      const first = Math.max(0, trail.length - 1 - each);
      const last = trail.length - 2;
      for (let i = first; i < last; i++) {
        const a = trail[i] as WorldPoint;
        const b = trail[i + 1] as WorldPoint;
        this.segmentData[at++] = a.x - this.anchor.x;
        this.segmentData[at++] = a.y - this.anchor.y;
        this.segmentData[at++] = b.x - this.anchor.x;
        this.segmentData[at++] = b.y - this.anchor.y;
        this.segmentData[at++] = 0.15 + (0.6 * (i - first)) / Math.max(1, last - first);
        this.segmentData[at++] = color;
      }
    }
    this.segmentCount = at / segmentFloats;
  }

  private drawTrails(view: MapView): void {
    const { gl } = this;
    if (this.segmentCount === 0) return;
    this.use(this.trails, view);
    this.attribute(this.trails, "corner", this.corners, 2, 2, 0, 0);
    const names = ["a", 2, 0, "b", 2, 2, "alpha", 1, 4, "color", 1, 5] as const;
    this.perInstance(this.trails, this.segmentBuffer, segmentFloats, names);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.segmentCount);
  }

  private drawMarkers(view: MapView, nowMs: number, selected: string | null): void {
    const { gl, fleet } = this;
    const count = fleet.vehicles.length;
    if (count === 0) return;
    this.use(this.markers, view);
    gl.uniform1f(this.markers.uniform("now"), nowMs - this.epochMs);
    gl.uniform1f(this.markers.uniform("selected"), fleet.indexOf(selected));
    const ratio = this.canvas.width / Math.max(1, view.width);
    gl.uniform1f(this.markers.uniform("size"), markerSize(count) * ratio);
    const names = ["source", 2, 0, "target", 2, 2, "time", 2, 4, "color", 1, 6] as const;
    this.perInstance(this.markers, this.vehicleBuffer, vehicleFloats, names, 0);
    gl.drawArrays(gl.POINTS, 0, count);
  }

  private use(used: Program, { center, worldSize, width, height }: MapView): void {
    const { gl } = this;
    // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's word, not a hook
    gl.useProgram(used.handle);
    gl.uniform2f(used.uniform("offset"), this.anchor.x - center.x, this.anchor.y - center.y);
    gl.uniform1f(used.uniform("worldSize"), worldSize);
    gl.uniform2f(used.uniform("viewport"), width, height);
  }

  private perInstance(
    used: Program,
    from: WebGLBuffer,
    stride: number,
    layout: readonly (string | number)[],
    divisor = 1,
  ): void {
    for (let i = 0; i < layout.length; i += 3) {
      const [name, size, first] = layout.slice(i, i + 3) as [string, number, number];
      this.attribute(used, name, from, size, stride, first, divisor);
    }
  }

  private attribute(
    used: Program,
    name: string,
    from: WebGLBuffer,
    size: number,
    stride: number,
    first: number,
    divisor: number,
  ): void {
    const { gl } = this;
    const place = used.attribute(name);
    if (place < 0) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, from);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, gl.FLOAT, false, stride * 4, first * 4);
    gl.vertexAttribDivisor(place, divisor);
  }
}

function markerSize(count: number): number {
  if (count > 3_000) return 7;
  return count > 300 ? 11 : 16;
}

function buffer(gl: WebGL2RenderingContext, data?: Float32Array<ArrayBuffer>): WebGLBuffer {
  const made = gl.createBuffer();
  if (data) {
    gl.bindBuffer(gl.ARRAY_BUFFER, made);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  }
  return made;
}
