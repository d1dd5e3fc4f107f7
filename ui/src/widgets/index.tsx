/// Every widget, found by its folder: adding widgets/x/descriptor.ts is all it takes.
import { Skeleton } from "@mantine/core";
import { type ComponentType, lazy, Suspense } from "react";
import type { WidgetDescriptor, WidgetProps } from "./widget";

const found = import.meta.glob<{ descriptor: WidgetDescriptor }>("./*/descriptor.ts", { eager: true });

export const descriptors = new Map<string, WidgetDescriptor>();
const components = new Map<string, ComponentType<WidgetProps>>();
for (const [path, { descriptor }] of Object.entries(found)) {
  const name = path.split("/")[1] as string;
  descriptors.set(name, descriptor);
  components.set(name, lazy(descriptor.load));
}

interface NamedWidgetProps extends WidgetProps {
  name: string;
  /// Height of the skeleton shown while the widget loads.
  height: number;
}

export function Widget({ name, height, ...props }: NamedWidgetProps) {
  const Component = components.get(name);
  if (!Component)
    throw new Error(`There is no widget "${name}"; known are ${[...components.keys()].join(", ")}.`);
  return (
    <Suspense fallback={<Skeleton height={height} />}>
      <Component {...props} />
    </Suspense>
  );
}

export type { WidgetDescriptor, WidgetProps, WidgetSource } from "./widget";
