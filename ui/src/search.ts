/// What stands in an address after the question mark, each part read as what it is meant to be and otherwise left out.
export function text<K extends string>(name: K, search: Record<string, unknown>): { [P in K]?: string } {
  const value = search[name];
  const isText = typeof value === "string" || typeof value === "number";
  return (isText && value !== "" ? { [name]: String(value) } : {}) as { [P in K]?: string };
}

export function whole<K extends string>(name: K, search: Record<string, unknown>): { [P in K]?: number } {
  const value = search[name];
  return (Number.isSafeInteger(value) ? { [name]: value } : {}) as { [P in K]?: number };
}

export function flag<K extends string>(name: K, search: Record<string, unknown>): { [P in K]?: true } {
  return (search[name] === true ? { [name]: true } : {}) as { [P in K]?: true };
}

export function oneOf<K extends string, V extends string>(
  name: K,
  values: readonly V[],
  search: Record<string, unknown>,
): { [P in K]?: V } {
  const value = values.find((known) => known === search[name]);
  return (value ? { [name]: value } : {}) as { [P in K]?: V };
}

// Only a path of this site: a link must not lead a freshly signed-in person elsewhere.
export function isOwnPath(to: unknown): to is string {
  return typeof to === "string" && to.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\");
}
