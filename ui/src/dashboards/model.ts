/// A dashboard in ThingsBoard's shape, and what the pages do to it. What they do not know of is kept, so that a
/// dashboard goes back to ThingsBoard as it came.
import type { EntityId, Json } from "../api/types";
import type { Filter } from "./filters";
import { type Box, freeBox, settled } from "./layout";

export interface DataKey {
  name: string;
  type: "timeseries" | "attribute" | string;
  label?: string;
  color?: string;
  units?: string | null;
  decimals?: number | null;
}

export interface Datasource {
  type: string;
  entityAliasId?: string | null;
  filterId?: string | null;
  deviceId?: string | null;
  dataKeys?: DataKey[];
}

export interface StoredWidget {
  id?: string;
  type?: string;
  /// "millrace.gauge", or ThingsBoard's "system.cards.value_card".
  typeFullFqn?: string;
  bundleAlias?: string;
  typeAlias?: string;
  config: {
    title?: string;
    datasources?: Datasource[];
    settings?: Record<string, Json>;
    [other: string]: unknown;
  };
  [other: string]: unknown;
}

export interface AliasFilter {
  type: string;
  singleEntity?: EntityId;
  entityType?: string;
  entityList?: string[];
  entityNameFilter?: string;
  deviceType?: string;
  deviceTypes?: string[];
  deviceNameFilter?: string;
  [other: string]: unknown;
}

export interface Alias {
  id: string;
  alias: string;
  filter: AliasFilter;
}

interface Cell {
  sizeX: number;
  sizeY: number;
  row: number;
  col: number;
  mobileOrder?: number;
}

interface Configuration {
  widgets?: Record<string, StoredWidget> | StoredWidget[];
  states?: Record<string, { name?: string; root?: boolean; layouts?: { main?: Layout } }>;
  entityAliases?: Record<string, Alias>;
  filters?: Record<string, Filter>;
  timewindow?: { realtime?: { timewindowMs?: number }; [other: string]: unknown };
  [other: string]: unknown;
}

interface Layout {
  widgets?: Record<string, Cell>;
  gridSettings?: { columns?: number; [other: string]: unknown };
}

export interface Dashboard {
  id?: EntityId;
  title: string;
  version?: number;
  configuration?: Configuration | null;
  [other: string]: unknown;
}

export const columns = 24;

/// Every widget of a state with its place.
export function boxesOf(dashboard: Dashboard, state = rootState(dashboard)): Box[] {
  const { configuration } = dashboard;
  const cells = configuration?.states?.[state]?.layouts?.main?.widgets;
  const own = configuration?.states?.[state]?.layouts?.main?.gridSettings?.columns ?? columns;
  const scale = columns / own;
  const widgets = Object.entries(widgetsOf(dashboard));
  return widgets.flatMap(([id, widget]) => {
    const cell = cells ? cells[id] : (widget as unknown as Cell);
    if (!cell) return [];
    return [
      {
        id,
        x: Math.round((cell.col ?? 0) * scale),
        y: cell.row ?? 0,
        w: Math.max(2, Math.round((cell.sizeX ?? 8) * scale)),
        h: Math.max(1, cell.sizeY ?? 5),
        order: cell.mobileOrder ?? Number.MAX_SAFE_INTEGER,
      },
    ];
  });
}

/// Older exports keep a list.
export function widgetsOf({ configuration }: Dashboard): Record<string, StoredWidget> {
  const widgets = configuration?.widgets ?? {};
  if (!Array.isArray(widgets)) return widgets;
  return Object.fromEntries(widgets.map((each, i) => [each.id ?? String(i), each]));
}

export function rootState({ configuration }: Dashboard): string {
  const states = Object.entries(configuration?.states ?? {});
  return states.find(([, { root }]) => root)?.[0] ?? states[0]?.[0] ?? "default";
}

export function statesOf({ configuration }: Dashboard): { id: string; name: string }[] {
  return Object.entries(configuration?.states ?? {}).map(([id, { name }]) => ({ id, name: name ?? id }));
}

export function aliasesOf({ configuration }: Dashboard): Alias[] {
  return Object.entries(configuration?.entityAliases ?? {}).map(([id, alias]) => ({ ...alias, id }));
}

export function filtersOf({ configuration }: Dashboard): Filter[] {
  return Object.entries(configuration?.filters ?? {}).map(([id, filter]) => ({ ...filter, id }));
}

export function withBoxes(dashboard: Dashboard, boxes: Box[], state = rootState(dashboard)): Dashboard {
  const cells = Object.fromEntries(
    boxes.map(({ id, x, y, w, h, order }) => [
      id,
      {
        sizeX: w,
        sizeY: h,
        row: y,
        col: x,
        ...(order < Number.MAX_SAFE_INTEGER && { mobileOrder: order }),
      },
    ]),
  );
  const states = dashboard.configuration?.states ?? {};
  const old = states[state] ?? { name: dashboard.title, root: true };
  const main = {
    ...old.layouts?.main,
    widgets: cells,
    gridSettings: { ...old.layouts?.main?.gridSettings, columns },
  };
  const layouts = { ...old.layouts, main };
  return configured(dashboard, {
    widgets: widgetsOf(dashboard),
    states: { ...states, [state]: { ...old, layouts } },
  });
}

/// The widget at a free place below or beside the others.
export function withWidget(
  dashboard: Dashboard,
  id: string,
  widget: StoredWidget,
  size: { w: number; h: number },
  state = rootState(dashboard),
): Dashboard {
  const boxes = boxesOf(dashboard, state);
  const grown = configured(dashboard, { widgets: { ...widgetsOf(dashboard), [id]: { ...widget, id } } });
  return withBoxes(grown, [...boxes, freeBox(boxes, id, size, columns)], state);
}

export function withChangedWidget(dashboard: Dashboard, id: string, widget: StoredWidget): Dashboard {
  return configured(dashboard, { widgets: { ...widgetsOf(dashboard), [id]: { ...widget, id } } });
}

export function withoutWidget(dashboard: Dashboard, id: string, state = rootState(dashboard)): Dashboard {
  const { [id]: _, ...widgets } = widgetsOf(dashboard);
  const left = boxesOf(dashboard, state).filter((box) => box.id !== id);
  return configured(withBoxes(dashboard, settled(left), state), { widgets });
}

export function withAlias(dashboard: Dashboard, alias: Alias): Dashboard {
  const entityAliases = { ...dashboard.configuration?.entityAliases, [alias.id]: alias };
  return configured(dashboard, { entityAliases });
}

export function withoutAlias(dashboard: Dashboard, id: string): Dashboard {
  const { [id]: _, ...entityAliases } = dashboard.configuration?.entityAliases ?? {};
  return configured(dashboard, { entityAliases });
}

export function withFilter(dashboard: Dashboard, filter: Filter): Dashboard {
  const filters = { ...dashboard.configuration?.filters, [filter.id]: filter };
  return configured(dashboard, { filters });
}

export function withoutFilter(dashboard: Dashboard, id: string): Dashboard {
  const { [id]: _, ...filters } = dashboard.configuration?.filters ?? {};
  return configured(dashboard, { filters });
}

export function configured(dashboard: Dashboard, part: Partial<Configuration>): Dashboard {
  return { ...dashboard, configuration: { ...dashboard.configuration, ...part } };
}

export function emptyDashboard(title: string): Dashboard {
  const layouts = { main: { widgets: {}, gridSettings: { columns, margin: 10 } } };
  return {
    title,
    configuration: {
      widgets: {},
      states: { default: { name: title, root: true, layouts } },
      entityAliases: {},
      timewindow: { realtime: { timewindowMs: 900_000 } },
    },
  };
}
