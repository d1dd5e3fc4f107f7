/// The calls that an OpenAPI document lists, and the address of one once its places are filled.
export interface Document {
  paths: Record<string, Record<string, { summary?: string; "x-authorities"?: string[] }>>;
}

export interface Call {
  method: string;
  path: string;
  summary: string;
  authorities: string[];
}

export function callsOf({ paths }: Document): Call[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary = "", "x-authorities": authorities = [] }]) => ({
      method: method.toUpperCase(),
      path,
      summary,
      authorities,
    })),
  );
}

export function placesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}

/// @throws when a place is still empty
export function addressOf({ path }: Call, values: Record<string, string>, query: string): string {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]?.trim();
    if (!value) throw new Error(`Fill in ${name} first.`);
    return encodeURIComponent(value);
  });
  const asked = query.trim().replace(/^\?/, "");
  return asked === "" ? address : `${address}?${asked}`;
}
