import { Button, Card, Group } from "@mantine/core";
import { IconLayoutDashboard, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { emptyDashboard } from "../../dashboards/model";
import { type DashboardInfo, dashboardsQuery, useSaveDashboard } from "../../dashboards/queries";
import { notifyFailed } from "../../shell/notify";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { Time } from "../../text/Time";
import { Page } from "../Page";
import { ImportDashboard } from "./ImportDashboard";

export function DashboardsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(dashboardsQuery());
  const create = useSaveDashboard((made) => {
    if (made.id)
      void navigate({
        to: "/dashboards/$dashboardId",
        params: { dashboardId: made.id.id },
        search: { edit: true },
      });
  });
  const add = () => create.mutate(emptyDashboard(t("New dashboard")), { onError: notifyFailed });
  const columns: Column<DashboardInfo>[] = [
    { title: t("Name"), width: "minmax(180px, 1fr)", cell: ({ title }) => title },
    {
      title: t("Created"),
      width: "160px",
      isOptional: true,
      cell: ({ createdTime }) => <Time at={createdTime} />,
    },
  ];
  return (
    <Page
      title={t("Dashboards")}
      hint={t("Charts, cards, maps and switches, side by side.")}
      actions={
        <>
          <ImportDashboard />
          <Button leftSection={<IconPlus size={18} aria-hidden />} loading={create.isPending} onClick={add}>
            {t("New dashboard")}
          </Button>
        </>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading />}
        {data?.data.length === 0 && (
          <Empty icon={<IconLayoutDashboard size={36} />} title={t("No dashboards yet")}>
            <Group gap="xs">{t("Make one here, or in one click from a device's page.")}</Group>
          </Empty>
        )}
        {data && data.data.length > 0 && (
          <VirtualTable
            label={t("Dashboards")}
            rows={data.data}
            rowCount={data.totalElements}
            rowKey={({ id }) => id.id}
            columns={columns}
            link={({ id }) => ({ to: "/dashboards/$dashboardId", params: { dashboardId: id.id } })}
          />
        )}
      </Card>
    </Page>
  );
}
