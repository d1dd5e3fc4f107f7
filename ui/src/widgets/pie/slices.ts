/// Amounts as slices of a circle around 0, 0, beginning at the top.
export function slicesOf(amounts: number[], radius = 50): string[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  let turned = 0;
  return amounts.map((amount) => {
    const part = total === 0 ? 0 : amount / total;
    const [from, until] = [turned, turned + part];
    turned = until;
    if (part === 0) return "";
    if (part === 1) return `M0 ${-radius}A${radius} ${radius} 0 1 1 -0.01 ${-radius}Z`;
    const [x1, y1, x2, y2] = [...at(from, radius), ...at(until, radius)];
    return `M0 0L${x1} ${y1}A${radius} ${radius} 0 ${part > 0.5 ? 1 : 0} 1 ${x2} ${y2}Z`;
  });
}

function at(turn: number, radius: number): [string, string] {
  const angle = 2 * Math.PI * turn;
  return [(radius * Math.sin(angle)).toFixed(2), (-radius * Math.cos(angle)).toFixed(2)];
}
