/// Every widget, found by its folder: adding widgets/x/descriptor.ts is all it takes.
import { Skeleton } from "@mantine/core";
import { type ComponentType, lazy, Suspense } from "react";
import type { Json } from "../api/types";
import type { WidgetDescriptor, WidgetProps, WidgetSetting } from "./widget";

const found = import.meta.glob<{ descriptor: WidgetDescriptor }>("./*/descriptor.ts", { eager: true });

export const descriptors = new Map<string, WidgetDescriptor>();
const components = new Map<string, ComponentType<WidgetProps>>();
for (const [path, { descriptor }] of Object.entries(found)) {
  const name = path.split("/")[1] as string;
  descriptors.set(name, descriptor);
  components.set(name, lazy(descriptor.load));
}

interface NamedWidgetProps extends Partial<WidgetProps> {
  name: string;
  /// Height of the skeleton shown while the widget loads.
  height: number;
}

const nothing = { deviceId: "", keys: [] };

export function Widget({ name, height, ...given }: NamedWidgetProps) {
  const Component = components.get(name);
  if (!Component)
    throw new Error(`There is no widget "${name}"; known are ${[...components.keys()].join(", ")}.`);
  return (
    <Suspense fallback={<Skeleton height={height} />}>
      <Component {...completed(given, descriptors.get(name))} />
    </Suspense>
  );
}

export function completed(given: Partial<WidgetProps>, descriptor?: WidgetDescriptor): WidgetProps {
  const source = given.source ?? given.sources?.[0] ?? nothing;
  const known = (descriptor?.settings ?? []).map((each) => [each.name, settingOf(given.settings, each)]);
  const windowMs = given.windowMs ?? 900_000;
  return {
    source,
    sources: given.sources ?? [source],
    windowMs,
    window: given.window ?? { liveMs: windowMs },
    isCompared: given.isCompared ?? false,
    settings: { ...given.settings, ...Object.fromEntries(known) },
  };
}

/// A widget's own value, else the one of the ThingsBoard widget that it came from, else the default.
export function settingOf(settings: Record<string, Json> | undefined, setting: WidgetSetting): Json {
  const names = [setting.name, ...(setting.alias ?? [])];
  const name = names.find((each) => (settings?.[each] ?? null) !== null);
  return name === undefined ? setting.default : (settings?.[name] as Json);
}

export type { WidgetDescriptor, WidgetProps, WidgetSource } from "./widget";
