/// The newest value of a widget's first key.
import type { Json } from "../api/types";
import { useLatestOf } from "../live";
import type { KeyLook, WidgetProps } from "./widget";

export interface LatestValue {
  key: string;
  label: string;
  look: KeyLook | undefined;
  /// Undefined until it is known.
  value: Json | undefined;
  ts: number;
}

export function useLatestValue({ source }: Pick<WidgetProps, "source">): LatestValue {
  const latest = useLatestOf([source]).get(source.deviceId);
  const key = source.keys[0] ?? "";
  const found = latest?.get(key);
  const look = source.looks?.[key];
  return { key, look, label: look?.label || key, value: found?.value, ts: found?.ts ?? 0 };
}
