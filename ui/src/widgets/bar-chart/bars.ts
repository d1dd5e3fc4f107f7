/// Bars of several series beside each other at each time.
import uPlot from "uplot";

const share = 0.8;

export function sideBySide(index: number, count: number): uPlot.Series.PathBuilder {
  const [at, width] = placeOf(index, count);
  const bars = uPlot.paths.bars?.({
    disp: {
      // As parts of the plot's width.
      x0: {
        unit: 2,
        values: (plot) => times(plot).map((time) => (time - start(plot) + at * step(plot)) / span(plot)),
      },
      size: { unit: 2, values: (plot) => times(plot).map(() => (width * step(plot)) / span(plot)) },
    },
  });
  return bars ?? (() => null);
}

const times = (plot: uPlot) => [...(plot.data[0] as ArrayLike<number> as number[])];
const start = (plot: uPlot) => plot.scales.x?.min ?? 0;
const span = (plot: uPlot) => (plot.scales.x?.max ?? 1) - start(plot) || 1;

/// From one time to the next; with a single one, a tenth of all.
function step(plot: uPlot): number {
  const [first, second] = times(plot);
  return first !== undefined && second !== undefined ? second - first : span(plot) / 10;
}

/// Where a bar begins and how wide it is, as parts of the room between two times.
export function placeOf(index: number, count: number): [at: number, width: number] {
  const width = share / Math.max(1, count);
  return [-share / 2 + index * width, width];
}
