import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { dashboardQuery } from "../../dashboards/queries";
import { Failure } from "../../shell/PageState";
import { Page } from "../Page";
import { Board } from "./Board";

export function DashboardPage() {
  const { t } = useTranslation();
  const { dashboardId } = useParams({ from: "/inside/dashboards/$dashboardId" });
  const { data, error, refetch } = useQuery(dashboardQuery(dashboardId));
  if (data) return <Board key={dashboardId} stored={data} />;
  return (
    <Page title={t("Dashboard")}>
      {error ? <Failure error={error} onRetry={refetch} /> : <Skeleton height={420} />}
    </Page>
  );
}
