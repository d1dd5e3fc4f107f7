/// Which part of the readings came from each of so many directions, the first around north.
import type { TsValue } from "../../api/types";

export function petalsOf(points: TsValue[], count: number): number[] {
  const found = new Array<number>(count).fill(0);
  const degrees = points.map(({ value }) => value).filter((value) => typeof value === "number");
  for (const each of degrees) {
    const turned = (((each % 360) + 360) % 360) / 360;
    const at = Math.round(turned * count) % count;
    found[at] = (found[at] ?? 0) + 1 / degrees.length;
  }
  return found;
}
