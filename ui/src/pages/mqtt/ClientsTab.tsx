import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { Card, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlugConnected, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { clientsQuery, type MqttClient } from "../../api/mqtt";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { countText, rateText } from "../../text/amounts";
import { Time } from "../../text/Time";
import { ClientDrawer } from "./ClientDrawer";

export function ClientsTab() {
  const { t } = useTranslation();
  const { q = "", absent = false, client } = useSearch({ from: "/inside/mqtt" });
  const navigate = useNavigate({ from: "/mqtt" });
  const [search] = useDebouncedValue(q, 200);
  const clients = useInfiniteQuery(clientsQuery(search, absent));
  const rows = clients.data?.pages.flatMap((page) => page.data) ?? [];
  const columns = useColumns();
  return (
    <Stack gap="sm">
      <Group gap="md">
        <TextInput
          type="search"
          aria-label={t("Find a client by identifier, user or address")}
          placeholder={t("Find a client")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={q}
          onChange={({ currentTarget: { value } }) =>
            void navigate({
              search: ({ q: _, ...rest }) => (value ? { ...rest, q: value } : rest),
              replace: true,
            })
          }
        />
        <Switch
          label={t("Also sessions whose client is away")}
          checked={absent}
          onChange={({ currentTarget: { checked } }) =>
            void navigate({
              search: ({ absent: _, ...rest }) => (checked ? { ...rest, absent: true } : rest),
              replace: true,
            })
          }
        />
      </Group>
      {clients.error && <Failure error={clients.error} onRetry={clients.refetch} />}
      <Card withBorder padding={0}>
        {clients.isPending && <RowsLoading />}
        {clients.data && rows.length === 0 && (
          <Empty icon={<IconPlugConnected size={36} />} title={t("No client is connected")}>
            <Text size="sm" className="faint">
              {t("Devices and programs appear here when they connect by MQTT.")}
            </Text>
          </Empty>
        )}
        {rows.length > 0 && (
          <VirtualTable
            label={t("Clients")}
            rows={rows}
            rowCount={clients.data?.pages[0]?.totalElements ?? rows.length}
            rowKey={(row) => row.clientId}
            columns={columns}
            link={(row) => ({
              to: "/mqtt",
              search: (old: object) => ({ ...old, client: row.clientId }),
              resetScroll: false,
            })}
            onEnd={() => clients.hasNextPage && !clients.isFetching && void clients.fetchNextPage()}
          />
        )}
      </Card>
      <ClientDrawer
        clientId={client ?? null}
        onClose={() => void navigate({ search: ({ client: _, ...rest }) => rest, resetScroll: false })}
      />
    </Stack>
  );
}

function useColumns(): Column<MqttClient>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      title: t("Client identifier"),
      width: "minmax(140px, 2fr)",
      cell: (client) => <Text fw={550}>{client.clientId}</Text>,
    },
    {
      title: t("State"),
      width: "100px",
      cell: (client) => (client.connected ? t("Connected") : t("Away")),
    },
    { title: t("Address"), width: "minmax(110px, 1fr)", isOptional: true, cell: (client) => client.address },
    { title: t("Protocol"), width: "90px", isOptional: true, cell: (client) => client.protocol },
    { title: t("Filters"), width: "70px", isOptional: true, cell: (client) => client.subscriptions },
    {
      title: t("Waiting"),
      width: "80px",
      isOptional: true,
      cell: (client) => countText(client.queued, i18n.language),
    },
    { title: t("In"), width: "80px", cell: (client) => rateText(client.receivedPerSecond, i18n.language) },
    {
      title: t("Out"),
      width: "80px",
      isOptional: true,
      cell: (client) => rateText(client.sentPerSecond, i18n.language),
    },
    {
      title: t("Since"),
      width: "130px",
      isOptional: true,
      cell: (client) => client.connectedSince > 0 && <Time at={client.connectedSince} />,
    },
  ];
}
