/// Where the lines and words of a chart stand.

/// Round numbers from at or below `low` to at or above `high`, zero among them where it lies between.
export function ticksOf(low: number, high: number, wanted = 4): number[] {
  if (!(high > low)) return [low, low + 1];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/// Which labels are written so that none runs into the next, at about seven pixels a character.
export function shownLabels(labels: string[], room: number): boolean[] {
  const widest = Math.max(0, ...labels.map((label) => label.length)) * 7 + 10;
  const every = Math.max(1, Math.ceil(widest / Math.max(1, room)));
  return labels.map((_, i) => i % every === 0);
}

/// The outline of a bar from its end to the zero line, round at its end.
export function roundTop(x: number, end: number, zero: number, width: number): string {
  const down = end > zero ? -1 : 1;
  const radius = Math.min(4, width / 2, Math.abs(zero - end)) * down;
  const r = Math.abs(radius);
  return [
    `M${x},${zero}`,
    `V${end + radius}`,
    `Q${x},${end} ${x + r},${end}`,
    `H${x + width - r}`,
    `Q${x + width},${end} ${x + width},${end + radius}`,
    `V${zero}Z`,
  ].join("");
}
