/// What a widget is: a descriptor that names it, and a component that is loaded when it is first shown.
import type { TablerIcon } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Json } from "../api/types";
import type { TimeWindow } from "../dashboards/timeWindow";

/// How one key is written and drawn.
export interface KeyLook {
  label: string;
  unit: string;
  decimals: number | null;
  color: string | null;
}

/// The device, or another entity, whose values a widget shows; a widget of one value takes the first key.
export interface WidgetSource {
  deviceId: string;
  keys: string[];
  /// DEVICE where nothing is said.
  entityType?: string;
  name?: string;
  looks?: Record<string, KeyLook>;
}

export interface WidgetProps {
  /// The first of the sources; with an empty `deviceId` when there is none.
  source: WidgetSource;
  sources: WidgetSource[];
  /// How far back in time, for a widget with a time axis.
  windowMs: number;
  window: TimeWindow;
  /// The same time before is drawn too, by a widget with a time axis.
  isCompared: boolean;
  settings: Record<string, Json>;
}

export interface WidgetSetting {
  name: string;
  /// English, translated where it is shown.
  label: string;
  /// An image is kept as a data URL; places are where on that image each entity stands; a rule chain is kept by its id.
  type: "text" | "long-text" | "number" | "boolean" | "choice" | "image" | "places" | "rule-chain";
  choices?: string[];
  default: Json;
  hint?: string;
  /// What ThingsBoard's widgets call it: read where an imported one has it and no own value.
  alias?: string[];
}

export interface WidgetDescriptor {
  /// English, translated where it is shown.
  title: string;
  summary: string;
  icon: TablerIcon;
  load: () => Promise<{ default: ComponentType<WidgetProps> }>;
  /// What it shows of a dashboard's entities: values over time or latest ones, the entities themselves, a
  /// device that it commands, or nothing of them. Left out by a widget that no dashboard offers.
  shows?: "values" | "entities" | "device" | "nothing";
  /// It says itself what it shows: its frame need not.
  hasOwnTitle?: boolean;
  /// On the grid of 24 columns.
  size?: { w: number; h: number };
  settings?: WidgetSetting[];
}
