/// How far a knob is turned when it points there, 0 to 1; it turns three quarters of a circle, open below.
export function turnOf(x: number, y: number): number {
  const degrees = (Math.atan2(x, -y) * 180) / Math.PI;
  return Math.min(1, Math.max(0, (degrees + 135) / 270));
}
