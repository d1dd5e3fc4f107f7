/// Which of our widgets shows what a widget of ThingsBoard shows.
import type { Dashboard, StoredWidget } from "./model";
import { widgetsOf } from "./model";

export const ownPrefix = "millrace.";

/// By a part of the type's name, the more special before the more general.
const kinds: [RegExp, string][] = [
  [/state_?chart|timeline/, "state-timeline"],
  [
    /range_chart|point_chart|line_chart|time_?series_(line|point)|timeseries(?!_table)|time_series_chart|flot$/,
    "time-series",
  ],
  [/time_?series_table/, "time-series"],
  [/bar_chart|bars|column/, "bar-chart"],
  [/pie|doughnut|donut|polar|radar/, "pie"],
  [/liquid_level|tank/, "liquid-level"],
  [/battery/, "battery"],
  [/signal/, "signal"],
  [/wind|compass/, "wind-rose"],
  [/gauge|thermometer|progress_bar|speed/, "gauge"],
  [/alarm_?count/, "alarm-count"],
  [/alarms?_table/, "alarms-table"],
  [/entit(y|ies)_table|devices_table|entity_count/, "entities-table"],
  [/attributes_card|label_widget|latest_values|values_table|timeseries_latest/, "values-table"],
  [
    /value_card|simple_(value_)?card|label_value|count_card|aggregated_value|single_value|value_chart/,
    "value-card",
  ],
  [/image_map|floor_?plan/, "floor-plan"],
  [/energy_?flow|power_?flow/, "energy-flow"],
  [/map/, "map"],
  [/switch|toggle|power_button|round_switch|slide_toggle|led_indicator/, "switch"],
  [/slider/, "slider"],
  [/knob/, "knob"],
  [/rpc_button|command_button|action_button|send_rpc/, "command-button"],
  [/update_.*attribute|update_multiple|attribute.*form|input_widgets/, "attribute-form"],
  [/html|markdown/, "markdown"],
  [/json|entity_attributes_tree/, "json-viewer"],
  [/qr_?code/, "qr-code"],
  [/date|clock/, "clock"],
];

export function typeOf({ typeFullFqn, bundleAlias, typeAlias }: StoredWidget): string {
  return typeFullFqn ?? [bundleAlias, typeAlias].filter(Boolean).join(".");
}

/// Our widget's name, or null when there is none like it.
export function widgetNameOf(widget: StoredWidget): string | null {
  const type = typeOf(widget);
  if (type.startsWith(ownPrefix)) return type.slice(ownPrefix.length);
  const name = type.toLowerCase().replaceAll("-", "_");
  return kinds.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

export interface Imported {
  dashboard: Dashboard;
  /// Widgets that nothing here shows; they keep their place.
  unknown: { title: string; type: string }[];
}

/// A file's dashboard as one of our own.
///
/// @throws when the file is no dashboard
export function imported(file: unknown): Imported {
  if (typeof file !== "object" || file === null || typeof (file as Dashboard).title !== "string")
    throw new Error(
      'This is no dashboard: it has no "title". Choose a file that a dashboard\'s export wrote.',
    );
  const {
    id: _,
    createdTime,
    tenantId,
    customerId,
    assignedCustomers,
    externalId,
    version,
    ...dashboard
  } = file as Dashboard;
  if (typeof dashboard.configuration !== "object" || dashboard.configuration === null)
    throw new Error('This dashboard has no "configuration", so it shows nothing.');
  const unknown = Object.values(widgetsOf(dashboard as Dashboard))
    .filter((widget) => widgetNameOf(widget) === null)
    .map((widget) => ({ title: widget.config?.title ?? "", type: typeOf(widget) }));
  return { dashboard: dashboard as Dashboard, unknown };
}
