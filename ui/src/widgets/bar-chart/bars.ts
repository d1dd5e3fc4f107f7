/// Bars of several series beside each other at each time.
import uPlot from "uplot";

const share = 0.8;

export function sideBySide(index: number, count: number): uPlot.Series.PathBuilder {
  const [at, width] = placeOf(index, count);
  const bars = uPlot.paths.bars?.({
    disp: {
      x0: { unit: 1, values: (plot) => (plot.data[0] as number[]).map(() => at) },
      size: { unit: 1, values: (plot) => (plot.data[0] as number[]).map(() => width) },
    },
    size: [width, 60],
  });
  return bars ?? (() => null);
}

/// Where a bar begins and how wide it is, as parts of the room between two times.
export function placeOf(index: number, count: number): [at: number, width: number] {
  const width = share / Math.max(1, count);
  return [-share / 2 + index * width, width];
}
