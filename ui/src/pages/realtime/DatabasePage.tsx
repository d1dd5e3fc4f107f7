import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/Breadcrumbs.css";
import "@mantine/core/styles/SegmentedControl.css";
import { Anchor, Breadcrumbs, Button, Card, Group, SegmentedControl, Text } from "@mantine/core";
import { IconDatabaseOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { infoQuery } from "../../api/queries";
import {
  type Filter,
  filterOf,
  pathUrl,
  realtimeOrigin,
  type StreamState,
  shapeOf,
  windowOf,
} from "../../api/realtime";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { CopyButton } from "../../text/CopyButton";
import { Page } from "../Page";
import classes from "./DatabasePage.module.css";
import { FilterForm } from "./FilterForm";
import { HistoryPanel } from "./HistoryPanel";
import { LargeNode, pageSize } from "./LargeNode";
import { LiveTree } from "./LiveTree";
import { RulesPanel } from "./RulesPanel";
import { SettingsPanel } from "./SettingsPanel";
import { TreeTools } from "./TreeTools";
import { segments } from "./tree";
import { useDatabase } from "./useDatabase";

export function DatabasePage() {
  const { t } = useTranslation();
  const { database } = useParams({ from: "/inside/realtime/$database" });
  const { path = "/" } = useSearch({ from: "/inside/realtime/$database" });
  const { data: info, error, refetch } = useQuery(infoQuery);
  return (
    <Page
      title={database}
      trail={
        <Anchor component={Link} to="/realtime" size="sm">
          {t("Realtime database")}
        </Anchor>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {info && !info.realtime?.url && (
        <Failure error={new Error(t("The realtime database is switched off on this server."))} />
      )}
      {info?.realtime?.url && (
        <Database origin={realtimeOrigin(info.realtime.url)} database={database} path={path} />
      )}
    </Page>
  );
}

interface DatabaseProps {
  origin: string;
  database: string;
  path: string;
}

function Database({ origin, database, path }: DatabaseProps) {
  const { t } = useTranslation();
  const [view, setView] = useState("data");
  return (
    <Card withBorder padding={0}>
      <Group justify="space-between" className={classes.bar} gap="xs">
        <Trail database={database} path={path} />
        <SegmentedControl
          size="xs"
          aria-label={t("View")}
          value={view}
          onChange={setView}
          data={[
            { value: "data", label: t("Data") },
            { value: "history", label: t("History") },
            { value: "rules", label: t("Rules") },
            { value: "settings", label: t("Settings") },
          ]}
        />
      </Group>
      {view === "rules" && <RulesPanel origin={origin} database={database} />}
      {view === "history" && <HistoryPanel origin={origin} database={database} path={path} />}
      {view === "settings" && <SettingsPanel origin={origin} database={database} />}
      {view === "data" && <Data key={path} origin={origin} database={database} path={path} />}
    </Card>
  );
}

function Data({ origin, database, path }: DatabaseProps) {
  const { t } = useTranslation();
  const [isFiltering, setFiltering] = useState(false);
  const [filter, setFilter] = useState<Filter | null>(null);
  const url = pathUrl(origin, database, path);
  const shape = useQuery({
    queryKey: ["realtime-shape", url],
    queryFn: () => shapeOf(url, windowOf(null, "", pageSize)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  // A node that cannot be probed is followed: the stream says why it cannot be read.
  const kind = shape.error ? "whole" : shape.data;
  const place = { origin, database, path };
  return (
    <>
      <Group className={classes.address} justify="space-between">
        <Group gap={4} wrap="nowrap">
          <Text size="xs" className={`faint ${classes.url}`}>
            {url}
          </Text>
          <CopyButton text={url} />
        </Group>
        <Group gap="xs">
          <Button
            size="xs"
            variant={isFiltering ? "light" : "default"}
            aria-expanded={isFiltering}
            onClick={() => setFiltering(!isFiltering)}
          >
            {t("Filter")}
          </Button>
          <TreeTools {...place} />
        </Group>
      </Group>
      {isFiltering && <FilterForm isActive={filter !== null} onFilter={setFilter} />}
      {filter && <Whole key={filterOf(filter)} {...place} window={filterOf(filter)} />}
      {!filter && kind === undefined && <RowsLoading rows={4} />}
      {!filter && kind === "whole" && <Whole {...place} />}
      {!filter && (kind === "window" || kind === "keys") && <LargeNode shape={kind} {...place} />}
    </>
  );
}

/// All of a path, or what a filter lets through, live.
function Whole({ origin, database, path, window = "" }: DatabaseProps & { window?: string }) {
  const { t } = useTranslation();
  const [live, state] = useDatabase(origin, database, path, window);
  return (
    <>
      <Group justify="flex-end" className={classes.address}>
        <State state={state} />
      </Group>
      {live.value === undefined && state.phase === "refused" && (
        <Empty icon={<IconDatabaseOff size={36} />} title={t("This cannot be read")}>
          <Text size="sm">{state.reason}</Text>
        </Empty>
      )}
      {live.value === undefined && state.phase !== "refused" && <RowsLoading rows={4} />}
      {live.value !== undefined && (
        <LiveTree key={path} live={live} origin={origin} database={database} path={path} />
      )}
    </>
  );
}

function Trail({ database, path }: { database: string; path: string }) {
  const parts = segments(path);
  return (
    <Breadcrumbs className={classes.trail}>
      <Anchor component={Link} to={`/realtime/${database}`} size="sm">
        {database}
      </Anchor>
      {parts.map((part, i) => (
        <Anchor
          // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice in one path
          key={i}
          component={Link}
          to={`/realtime/${database}?path=${encodeURIComponent(`/${parts.slice(0, i + 1).join("/")}`)}`}
          size="sm"
        >
          {part}
        </Anchor>
      ))}
    </Breadcrumbs>
  );
}

function State({ state }: { state: StreamState }) {
  const { t } = useTranslation();
  const texts: Record<StreamState["phase"], string> = {
    connecting: t("Connecting…"),
    open: t("Live"),
    lost: t("Connection lost; trying again…"),
    refused: t("Not readable; trying again…"),
  };
  return (
    <Text size="sm" fw={550} role="status" className={classes.state} data-state={state.phase}>
      {texts[state.phase]}
    </Text>
  );
}
