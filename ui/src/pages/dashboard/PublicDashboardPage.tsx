/// A dashboard that was made public, for those who have the link: to look at, without an account.
import { Group, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { get, postPublic } from "../../api/http";
import { session, type Tokens } from "../../api/session";
import { Compared } from "../../dashboards/compared";
import { useEntities } from "../../dashboards/entities";
import { boxesOf, type Dashboard, rootState, statesOf } from "../../dashboards/model";
import { parseWindow, type TimeWindow, windowText } from "../../dashboards/timeWindow";
import { Failure } from "../../shell/PageState";
import { Grid } from "./Grid";
import classes from "./PublicDashboardPage.module.css";
import { WindowPicker } from "./WindowPicker";

export function PublicDashboardPage() {
  const { dashboardId } = useParams({ from: "/dashboard/$dashboardId" });
  const { publicId = "" } = useSearch({ from: "/dashboard/$dashboardId" });
  useEffect(() => () => session.endVisit(), []);
  const { data, error, refetch } = useQuery({
    queryKey: ["public", publicId, dashboardId],
    queryFn: async ({ signal }) => {
      session.startAsGuest(await postPublic<Tokens>("/api/auth/login/public", { publicId }));
      return get<Dashboard>(`/api/dashboard/${dashboardId}`, {}, signal);
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <main className={classes.page} id="page">
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton height={420} />}
      {data && <PublicBoard dashboard={data} />}
    </main>
  );
}

function PublicBoard({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: "/dashboard/$dashboardId" });
  const search = useSearch({ from: "/dashboard/$dashboardId" });
  const own = dashboard.configuration?.timewindow?.realtime?.timewindowMs ?? 900_000;
  const window: TimeWindow = useMemo(
    () => parseWindow(search.window) ?? { liveMs: own },
    [search.window, own],
  );
  const resolved = useEntities(dashboard);
  const state = statesOf(dashboard).find(({ id }) => id === search.state)?.id ?? rootState(dashboard);
  return (
    <>
      <Group justify="space-between" mb="md">
        <Group gap="sm">
          <img src="/icon.svg" width={28} height={28} alt="" />
          <Title order={1} size="h3">
            {dashboard.title}
          </Title>
        </Group>
        <WindowPicker
          window={window}
          onChange={(next) =>
            void navigate({ search: (old) => ({ ...old, window: windowText(next) }), replace: true })
          }
          isCompared={search.compare === true}
          onCompare={(compare) =>
            void navigate({
              search: ({ compare: _, ...old }) => (compare ? { ...old, compare: true } : old),
              replace: true,
            })
          }
        />
      </Group>
      {boxesOf(dashboard, state).length === 0 && <Text className="faint">{t("Nothing on it yet")}</Text>}
      <Compared value={search.compare === true}>
        <Grid
          dashboard={dashboard}
          boxes={boxesOf(dashboard, state)}
          resolved={resolved}
          window={window}
          isEditing={false}
          onPlace={nothing}
          onOpen={nothing}
          onRemove={nothing}
        />
      </Compared>
    </>
  );
}

function nothing(): void {}
