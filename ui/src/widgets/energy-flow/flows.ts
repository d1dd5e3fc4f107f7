/// Who gives power to whom, from what each draws or brings just now.

export const parts = ["production", "grid", "battery", "home"] as const;
export type Part = (typeof parts)[number];

/// In the unit that the values have; a battery takes when above zero, the grid gives when above zero.
export interface Powers {
  production: number | null;
  home: number | null;
  battery: number | null;
  grid: number | null;
}

export interface Flow {
  from: Part;
  to: Part;
  power: number;
}

const words: [Part, RegExp][] = [
  ["production", /produc|solar|pv|roof|inverter|generat/i],
  ["battery", /batter|storage|accu/i],
  ["grid", /grid|mains|import|export/i],
];

/// What a value is of, by the words of its key, its label and its device; the rest is what the home draws.
export function partOf(...names: string[]): Part {
  for (const name of names) for (const [part, word] of words) if (word.test(name)) return part;
  return "home";
}

/// What is not measured is what is left: of the grid where there is a home, of the home where there is a grid.
export function completed({ production, home, battery, grid }: Powers): Record<Part, number> {
  const [made, stored] = [production ?? 0, battery ?? 0];
  if (home === null) {
    const drawn = Math.max(0, made + (grid ?? 0) - stored);
    return { production: made, battery: stored, grid: grid ?? 0, home: drawn };
  }
  return { production: made, battery: stored, home, grid: grid ?? home + stored - made };
}

/// The sun goes to the home first, then into the battery, then out; the battery gives before the grid does.
export function flowsOf(powers: Powers): Flow[] {
  const { production, battery, home, grid } = completed(powers);
  const left: Record<Part, number> = {
    production: Math.max(0, production),
    battery: Math.max(0, -battery),
    grid: Math.max(0, grid),
    home: 0,
  };
  const wanted: Record<Part, number> = {
    home: Math.max(0, home),
    battery: Math.max(0, battery),
    grid: Math.max(0, -grid),
    production: 0,
  };
  const flows: Flow[] = [];
  for (const to of ["home", "battery", "grid"] as const)
    for (const from of ["production", "battery", "grid"] as const) {
      const power = Math.min(left[from], wanted[to]);
      if (from === to || power <= 0) continue;
      left[from] -= power;
      wanted[to] -= power;
      flows.push({ from, to, power });
    }
  return flows;
}
