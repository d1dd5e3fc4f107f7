/// One dashboard: to look at, and, when asked for, to change.
import { Alert, Anchor, NativeSelect, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconAlertTriangle, IconLayoutDashboard } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Compared } from "../../dashboards/compared";
import { aliasOf, useEntities } from "../../dashboards/entities";
import {
  aliasesOf,
  boxesOf,
  type Dashboard,
  rootState,
  statesOf,
  withBoxes,
  withoutWidget,
} from "../../dashboards/model";
import { parseWindow, type TimeWindow, windowText } from "../../dashboards/timeWindow";
import { Empty } from "../../shell/PageState";
import { Page } from "../Page";
import { AliasesDrawer } from "./AliasesDrawer";
import { BoardTools } from "./BoardTools";
import { FiltersDrawer } from "./FiltersDrawer";
import { Grid } from "./Grid";
import { useBoard } from "./useBoard";
import { WidgetEditor } from "./WidgetEditor";

type Panel = { kind: "aliases" } | { kind: "filters" } | { kind: "widget"; id: string | null };

export function Board({ stored }: { stored: Dashboard }) {
  const { t } = useTranslation();
  const editor = useBoard(stored);
  const { dashboard } = editor;
  const {
    edit: isEditing = false,
    window: windowInUrl,
    state: stateInUrl,
    compare: isCompared = false,
  } = useSearch({ from: "/inside/dashboards/$dashboardId" });
  const navigate = useNavigate({ from: "/dashboards/$dashboardId" });
  const [panel, setPanel] = useState<Panel | null>(null);
  const states = statesOf(dashboard);
  const state = states.some(({ id }) => id === stateInUrl) ? (stateInUrl as string) : rootState(dashboard);
  const own = dashboard.configuration?.timewindow?.realtime?.timewindowMs ?? 900_000;
  const window: TimeWindow = useMemo(() => parseWindow(windowInUrl) ?? { liveMs: own }, [windowInUrl, own]);
  const resolved = useEntities(dashboard);
  const boxes = boxesOf(dashboard, state);
  useHotkeys(
    isEditing
      ? [
          ["mod+Z", editor.undo],
          ["mod+shift+Z", editor.redo],
          ["mod+S", editor.save],
        ]
      : [],
  );
  const failed = [...resolved].flatMap(([key, { error }]) =>
    error ? [{ key, alias: aliasOf(key, aliasesOf(dashboard))?.alias ?? "", message: error.message }] : [],
  );

  return (
    <Page
      title={dashboard.title}
      trail={
        <Anchor component={Link} to="/dashboards" size="sm">
          {t("Dashboards")}
        </Anchor>
      }
      actions={
        <>
          {states.length > 1 && (
            <NativeSelect
              aria-label={t("State")}
              size="xs"
              data={states.map(({ id, name }) => ({ value: id, label: name }))}
              value={state}
              onChange={(event) => {
                const next = event.currentTarget.value;
                void navigate({ search: (old) => ({ ...old, state: next }) });
              }}
            />
          )}
          <BoardTools
            editor={editor}
            isEditing={isEditing}
            onEdit={(edit) => {
              setPanel(null);
              void navigate({ search: ({ edit: _, ...old }) => (edit ? { ...old, edit: true } : old) });
            }}
            window={window}
            onWindow={(next) =>
              void navigate({ search: (old) => ({ ...old, window: windowText(next) }), replace: true })
            }
            isCompared={isCompared}
            onCompare={(compare) =>
              void navigate({
                search: ({ compare: _, ...old }) => (compare ? { ...old, compare: true } : old),
                replace: true,
              })
            }
            resolved={resolved}
            onFilters={() => setPanel({ kind: "filters" })}
            onAdd={() => setPanel({ kind: "widget", id: null })}
            onAliases={() => setPanel({ kind: "aliases" })}
          />
        </>
      }
      isWide
    >
      {editor.failure && (
        <Alert color="red" icon={<IconAlertTriangle />} title={t("The dashboard was not saved")} role="alert">
          {editor.failure.message}
        </Alert>
      )}
      {failed.map(({ key, alias, message }) => (
        <Alert key={key} color="red" icon={<IconAlertTriangle />} title={alias} role="alert">
          {message}
        </Alert>
      ))}
      {boxes.length === 0 && (
        <Empty icon={<IconLayoutDashboard size={36} />} title={t("Nothing on it yet")}>
          <Text size="sm" className="faint">
            {isEditing ? t("Add a widget.") : t("Choose Edit, then add a widget.")}
          </Text>
        </Empty>
      )}
      <Compared value={isCompared}>
        <Grid
          dashboard={dashboard}
          boxes={boxes}
          resolved={resolved}
          window={window}
          isEditing={isEditing}
          onPlace={(next) => editor.change((old) => withBoxes(old, next, state), "place")}
          onOpen={(id) => setPanel({ kind: "widget", id })}
          onRemove={(id) => editor.change((old) => withoutWidget(old, id, state))}
        />
      </Compared>
      {panel?.kind === "widget" && (
        <WidgetEditor
          key={panel.id}
          id={panel.id}
          state={state}
          dashboard={dashboard}
          resolved={resolved}
          onChange={editor.change}
          onClose={() => setPanel(null)}
        />
      )}
      {panel?.kind === "filters" && (
        <FiltersDrawer dashboard={dashboard} onChange={editor.change} onClose={() => setPanel(null)} />
      )}
      {panel?.kind === "aliases" && (
        <AliasesDrawer
          dashboard={dashboard}
          resolved={resolved}
          onChange={editor.change}
          onClose={() => setPanel(null)}
        />
      )}
    </Page>
  );
}
