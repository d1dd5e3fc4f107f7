/// What several widgets need of values: how one is written, which keys of which entity are shown.
import type { Json } from "../api/types";
import { valueText } from "../text/Value";
import type { KeyLook, WidgetProps, WidgetSource } from "./widget";

export interface ShownKey {
  source: WidgetSource;
  key: string;
  label: string;
  look: KeyLook | undefined;
}

/// Every key of every source; with more than one source its name stands before the key.
export function shownKeys(sources: WidgetSource[]): ShownKey[] {
  return sources.flatMap((source) =>
    source.keys.map((key) => {
      const look = source.looks?.[key];
      const label = look?.label || key;
      return {
        source,
        key,
        look,
        label: sources.length > 1 && source.name ? `${source.name} · ${label}` : label,
      };
    }),
  );
}

export function written(value: Json, look: KeyLook | undefined, language: string): string {
  const { decimals = null, unit = "" } = look ?? {};
  const text =
    typeof value === "number" && decimals !== null
      ? value.toLocaleString(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
      : valueText(value, language);
  return unit ? `${text} ${unit}` : text;
}

export function numberOf(value: Json | undefined): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export function numberSetting(settings: WidgetProps["settings"], name: string, fallback: number): number {
  return numberOf(settings[name] ?? undefined) ?? fallback;
}

export function textSetting(settings: WidgetProps["settings"], name: string, fallback = ""): string {
  const value = settings[name];
  return typeof value === "string" ? value : fallback;
}

/// 0 to 1: where a value lies between two ends.
export function part(value: number, min: number, max: number): number {
  return max === min ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
}

export function isOn(value: Json | undefined): boolean {
  return (
    value === true || value === 1 || value === "true" || value === "on" || value === "ON" || value === "1"
  );
}
