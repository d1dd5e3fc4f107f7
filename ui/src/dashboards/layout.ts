/// Boxes on a grid: none over another, each as high up as it can lie.
export interface Box {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
  /// On a phone, where they lie one below the other.
  order: number;
}

export function overlaps(a: Box, b: Box): boolean {
  return a.id !== b.id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/// That box goes where it is wanted; what lies there makes room downwards, and all move up again.
export function placed(boxes: Box[], wanted: Box, columns: number): Box[] {
  const w = Math.min(columns, Math.max(2, wanted.w));
  const box = {
    ...wanted,
    w,
    h: Math.max(1, wanted.h),
    x: Math.min(Math.max(0, wanted.x), columns - w),
    y: Math.max(0, wanted.y),
  };
  return settled([box, ...boxes.filter(({ id }) => id !== box.id)], box.id);
}

/// As high up as each can lie, from top to bottom; `first` goes before others in its row.
export function settled(boxes: Box[], first?: string): Box[] {
  const rank = ({ id }: Box) => (id === first ? 0 : 1);
  const order = [...boxes].sort((a, b) => a.y - b.y || rank(a) - rank(b) || a.x - b.x);
  const done: Box[] = [];
  for (const box of order) {
    let y = Math.max(0, ...done.filter((other) => besides(other, box)).map((other) => other.y + other.h));
    const bottom = y;
    // A gap higher up that is large enough, when there is one.
    for (y = 0; y < bottom; y++) if (!done.some((other) => overlaps({ ...box, y }, other))) break;
    done.push({ ...box, y });
  }
  return boxes.map(({ id }) => done.find((box) => box.id === id) as Box);
}

function besides(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w;
}

/// The first place, from the top and from the left, that is free.
export function freeBox(boxes: Box[], id: string, { w, h }: { w: number; h: number }, columns: number): Box {
  const width = Math.min(w, columns);
  for (let y = 0; ; y++)
    for (let x = 0; x + width <= columns; x++) {
      const box = { id, x, y, w: width, h, order: Number.MAX_SAFE_INTEGER };
      if (!boxes.some((other) => overlaps(box, other))) return box;
    }
}

/// One below the other, as a phone shows them.
export function stacked(boxes: Box[]): Box[] {
  return [...boxes].sort((a, b) => a.order - b.order || a.y - b.y || a.x - b.x);
}
