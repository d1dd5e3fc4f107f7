/// From points to states that held: each until the next, the last until the end.
import type { TsValue } from "../../api/types";

export interface Stretch {
  state: string;
  fromTs: number;
  untilTs: number;
}

export function stretchesOf(points: TsValue[], untilTs: number): Stretch[] {
  const found: Stretch[] = [];
  for (const { ts, value } of points) {
    const state = typeof value === "string" ? value : JSON.stringify(value);
    const last = found.at(-1);
    if (last?.state === state) continue;
    if (last) last.untilTs = ts;
    found.push({ state, fromTs: ts, untilTs });
  }
  return found;
}
