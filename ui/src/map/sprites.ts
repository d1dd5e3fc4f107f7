/// Markers as pixels, drawn once for each color and quarter of a pixel, then copied wherever a vehicle is.
import { colorCount } from "./fleet";

/// Colors that vehicles take turns in, as red, green and blue.
export const fills = [
  [10, 102, 117],
  [201, 74, 26],
  [92, 64, 184],
  [26, 120, 61],
  [191, 33, 107],
  [33, 92, 191],
  [140, 102, 5],
  [107, 71, 51],
] as const;

type Rgb = readonly [number, number, number];

const white: Rgb = [255, 255, 255];
const chosen: Rgb = [255, 204, 0];
// Places within a pixel, each way: a slow marker glides instead of hopping from pixel to pixel.
const steps = 4;

export class Sprites {
  readonly side: number;
  private readonly pixels: Uint32Array;

  constructor(
    readonly size: number,
    isSelected = false,
  ) {
    this.side = Math.ceil(size) + 2;
    this.pixels = new Uint32Array(colorCount * steps * steps * this.side ** 2);
    let at = 0;
    for (let color = 0; color < colorCount; color++)
      for (let down = 0; down < steps; down++)
        for (let right = 0; right < steps; right++) {
          this.paint(at, fills[color] as Rgb, isSelected ? chosen : white, right / steps, down / steps);
          at += this.side ** 2;
        }
  }

  /// Copies the marker with its middle at x, y onto paper that is `width` pixels wide; false when it is outside.
  stamp(paper: Uint32Array, width: number, height: number, x: number, y: number, color: number): boolean {
    const { side, pixels } = this;
    const exactLeft = x - side / 2;
    const exactTop = y - side / 2;
    const left = Math.floor(exactLeft);
    const top = Math.floor(exactTop);
    if (left >= width || top >= height || left + side <= 0 || top + side <= 0) return false;
    const step = (((exactTop - top) * steps) | 0) * steps + (((exactLeft - left) * steps) | 0);
    const begin = (color * steps * steps + step) * side * side;
    const [firstColumn, lastColumn] = [Math.max(0, -left), Math.min(side, width - left)];
    const [firstRow, lastRow] = [Math.max(0, -top), Math.min(side, height - top)];
    for (let row = firstRow; row < lastRow; row++) {
      const from = begin + row * side;
      const to = (top + row) * width + left;
      for (let column = firstColumn; column < lastColumn; column++) {
        const above = pixels[from + column] as number;
        if (above === 0) continue;
        const below = paper[to + column] as number;
        paper[to + column] = below === 0 || above >>> 24 === 255 ? above : mixed(above, below);
      }
    }
    return true;
  }

  private paint(at: number, fill: Rgb, rim: Rgb, right: number, down: number): void {
    const { side, size } = this;
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const x = (column + 0.5 - side / 2 - right) / (size / 2);
        const y = (row + 0.5 - side / 2 - down) / (size / 2);
        const square = x * x + y * y;
        const part = clamped((square - 0.46) * size * 0.5);
        const [red, green, blue] = fill.map((value, i) => value + ((rim[i] as number) - value) * part) as [
          number,
          number,
          number,
        ];
        const alpha = clamped((1 - square) * size * 0.25);
        this.pixels[at + row * side + column] = alpha === 0 ? 0 : packed(red, green, blue, alpha * 255);
      }
  }
}

function clamped(value: number): number {
  return Math.max(0, Math.min(1, value));
}

// The order of an ImageData's bytes in a word, on every machine that browsers run on.
function packed(red: number, green: number, blue: number, alpha: number): number {
  return (
    ((Math.round(alpha) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
  );
}

function mixed(above: number, below: number): number {
  const part = above >>> 24;
  const rest = 255 - part;
  const red = ((above & 255) * part + (below & 255) * rest) / 255;
  const green = (((above >>> 8) & 255) * part + ((below >>> 8) & 255) * rest) / 255;
  const blue = (((above >>> 16) & 255) * part + ((below >>> 16) & 255) * rest) / 255;
  return ((Math.max(part, below >>> 24) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
