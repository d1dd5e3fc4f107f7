/// Trails below the markers: segments of one color and age are one stroke, and there are at most so many of them.
import { colorCount, type Fleet, type Vehicle } from "./fleet";
import type { MapView } from "./fleetLayer";
import type { WorldPoint } from "./positions";
import { fills } from "./sprites";

const segmentsMax = 4_000;
const ages = 4;

interface Segments {
  paths: (Path2D | undefined)[];
}

/// Draws them under what the paper shows already; false when there is none.
export function drawTrails(
  paper: CanvasRenderingContext2D,
  fleet: Fleet,
  view: MapView,
  ratio: number,
  selected: string | null,
): boolean {
  const segments: Segments = { paths: [] };
  const each = Math.floor(segmentsMax / Math.max(1, fleet.vehicles.length));
  if (each > 0) for (const vehicle of fleet.vehicles) add(segments, vehicle, view, each);
  const chosen = selected === null || each > 0 ? null : fleet.find(selected);
  if (chosen) add(segments, chosen, view, segmentsMax);
  if (segments.paths.length === 0) return false;
  paper.save();
  paper.globalCompositeOperation = "destination-over";
  paper.setTransform(ratio, 0, 0, ratio, 0, 0);
  paper.lineWidth = 2.5;
  segments.paths.forEach((path, place) => {
    if (!path) return;
    const [red, green, blue] = fills[place % colorCount] as readonly [number, number, number];
    const alpha = 0.2 + (0.55 * Math.floor(place / colorCount)) / (ages - 1);
    paper.strokeStyle = `rgb(${red} ${green} ${blue} / ${alpha})`;
    paper.stroke(path);
  });
  paper.restore();
  return true;
}

// Up to the fix before the last: from there on the marker itself draws it.
function add({ paths }: Segments, { trail, color }: Vehicle, view: MapView, each: number): void {
  const first = Math.max(0, trail.length - 1 - each);
  const last = trail.length - 2;
  let old = -1;
  for (let i = first; i < last; i++) {
    const age = Math.floor(((i - first) * ages) / (last - first));
    const place = age * colorCount + color;
    paths[place] ??= new Path2D();
    const path = paths[place] as Path2D;
    if (age !== old) path.moveTo(...pixelsOf(trail[i] as WorldPoint, view));
    path.lineTo(...pixelsOf(trail[i + 1] as WorldPoint, view));
    old = age;
  }
}

function pixelsOf({ x, y }: WorldPoint, { center, worldSize, width, height }: MapView): [number, number] {
  return [(x - center.x) * worldSize + width / 2, (y - center.y) * worldSize + height / 2];
}
