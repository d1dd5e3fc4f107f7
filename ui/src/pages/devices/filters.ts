/// Filters of the list of devices, and those that a person keeps under a name: with the account, on every machine.
import { queryOptions } from "@tanstack/react-query";
import { get, put } from "../../api/http";
import type { Json } from "../../api/types";

export interface DeviceFilters {
  q: string;
  state: "active" | "inactive" | undefined;
  profile: string | undefined;
}

export interface KeptFilter {
  name: string;
  q?: string;
  state?: "active" | "inactive";
  profile?: string;
}

const settingName = "deviceFilters";
const keptMax = 30;

export const keptFiltersQuery = queryOptions({
  queryKey: ["settings", settingName],
  queryFn: async ({ signal }) => {
    const settings = await get<Record<string, Json>>("/api/user/settings", {}, signal);
    return readFilters(settings[settingName]);
  },
});

/// The other settings of the account stay as they are.
export async function keepFilters(filters: KeptFilter[]): Promise<void> {
  await put("/api/user/settings", { [settingName]: filters.slice(-keptMax) });
}

export function readFilters(value: Json | undefined): KeptFilter[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) return [];
    const { name, q, state, profile } = each;
    if (typeof name !== "string" || name === "") return [];
    return [
      {
        name,
        ...(typeof q === "string" && { q }),
        ...((state === "active" || state === "inactive") && { state }),
        ...(typeof profile === "string" && { profile }),
      },
    ];
  });
}

/// The one of that name is replaced.
export function withFilter(filters: KeptFilter[], kept: KeptFilter): KeptFilter[] {
  return [...filters.filter(({ name }) => name !== kept.name), kept];
}

/// As it stands in an address: what is empty is left out.
export function withoutEmpty<T extends object>(parts: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== undefined && value !== ""),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}
