/// What a widget is: a descriptor that names it, and a component that is loaded when it is first shown.
import type { TablerIcon } from "@tabler/icons-react";
import type { ComponentType } from "react";

/// The device whose values a widget shows; a widget that shows one value takes the first key.
export interface WidgetSource {
  deviceId: string;
  keys: string[];
}

export interface WidgetProps {
  source: WidgetSource;
  /// How far back in time, for a widget with a time axis.
  windowMs: number;
}

export interface WidgetDescriptor {
  /// English, translated where it is shown.
  title: string;
  summary: string;
  icon: TablerIcon;
  load: () => Promise<{ default: ComponentType<WidgetProps> }>;
}
