import { Card, Text } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type ConsumerGroup, groupsQuery } from "../../api/kafka";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { countText } from "../../text/amounts";

export function GroupsTable() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(groupsQuery);
  const columns = useColumns();
  const rows = [...(data ?? [])].sort((a, b) => a.groupId.localeCompare(b.groupId));
  return (
    <>
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading />}
        {data?.length === 0 && (
          <Empty icon={<IconUsersGroup size={36} />} title={t("No consumer groups yet")}>
            <Text size="sm" className="faint">
              {t("A group comes into being when a consumer with that group id reads a topic.")}
            </Text>
          </Empty>
        )}
        {rows.length > 0 && (
          <VirtualTable
            label={t("Consumer groups")}
            rows={rows}
            rowCount={rows.length}
            rowKey={(group) => group.groupId}
            columns={columns}
            link={(group) => ({ to: "/streams/groups/$group", params: { group: group.groupId } })}
          />
        )}
      </Card>
    </>
  );
}

function useColumns(): Column<ConsumerGroup>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      title: t("Group"),
      width: "minmax(150px, 2fr)",
      cell: (group) => <Text fw={550}>{group.groupId}</Text>,
    },
    { title: t("State"), width: "110px", cell: (group) => stateText(group.state) },
    { title: t("Members"), width: "90px", isOptional: true, cell: (group) => group.members },
    {
      title: t("Topics"),
      width: "minmax(120px, 2fr)",
      isOptional: true,
      cell: (group) => group.topics.join(", "),
    },
    { title: t("Lag"), width: "80px", cell: (group) => countText(group.lag, i18n.language) },
  ];
}

/// Kafka's own word, as people write it: PREPARING_REBALANCE becomes "Preparing rebalance".
export function stateText(state: string): string {
  const words = state.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
