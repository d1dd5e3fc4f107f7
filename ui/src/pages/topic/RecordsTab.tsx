/// What is in a topic: found by partition, offset, time, key and content, newest or oldest first.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { IconMailbox } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type KafkaRecord, type RecordFilter, recordsQuery } from "../../api/kafka";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { countText } from "../../text/amounts";
import { RecordDrawer } from "./RecordDrawer";
import { RecordSearch } from "./RecordSearch";
import classes from "./RecordsTab.module.css";
import { clockText, idOf, valueLine } from "./recordText";

export function RecordsTab({ topic, partitions }: { topic: string; partitions: number }) {
  const { t } = useTranslation();
  const search = useSearch({ from: "/inside/streams/topics/$topic" });
  const navigate = useNavigate({ from: "/streams/topics/$topic" });
  const filter = filterOf(search);
  const found = useInfiniteQuery(recordsQuery(topic, filter));
  const records = found.data?.pages.flatMap((page) => page.records) ?? [];
  const columns = useColumns();
  return (
    <Stack gap="sm">
      <RecordSearch
        key={JSON.stringify(filter)}
        filter={filter}
        partitions={partitions}
        isBusy={found.isFetching}
        onSearch={(next) => void navigate({ search: next })}
        onRefresh={() => void found.refetch()}
      />
      {found.error && <Failure error={found.error} onRetry={found.refetch} />}
      <Card withBorder padding={0}>
        {found.isPending && <RowsLoading />}
        {found.data && records.length === 0 && <NothingFound filter={filter} />}
        {records.length > 0 && (
          <VirtualTable
            label={t("Records")}
            rows={records}
            rowCount={records.length}
            rowKey={idOf}
            columns={columns}
            link={(record) => ({
              to: "/streams/topics/$topic",
              params: { topic },
              search: { ...search, at: idOf(record) },
              resetScroll: false,
            })}
          />
        )}
      </Card>
      {found.data && (
        <Group justify="space-between">
          <Scanned pages={found.data.pages} />
          {found.hasNextPage && (
            <Button
              variant="default"
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t("More")}
            </Button>
          )}
        </Group>
      )}
      <RecordDrawer
        topic={topic}
        at={search.at ?? null}
        known={records}
        onClose={() => void navigate({ search: ({ at, ...rest }) => rest, resetScroll: false })}
      />
    </Stack>
  );
}

function Scanned({ pages }: { pages: { scanned: number; complete: boolean }[] }) {
  const { t, i18n } = useTranslation();
  const scanned = pages.reduce((sum, page) => sum + page.scanned, 0);
  const text = countText(scanned, i18n.language);
  return (
    <Text size="sm" className="faint">
      {pages.at(-1)?.complete
        ? t("{{count}} records looked at; that is all.", { count: scanned, formatted: text })
        : t("{{count}} records looked at; there are more.", { count: scanned, formatted: text })}
    </Text>
  );
}

function useColumns(): Column<KafkaRecord>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      title: t("Time"),
      width: "120px",
      cell: (record) => (
        <time
          className="numbers"
          dateTime={new Date(record.timestamp).toISOString()}
          title={new Date(record.timestamp).toLocaleString(i18n.language)}
        >
          {clockText(record.timestamp, i18n.language)}
        </time>
      ),
    },
    { title: t("Partition"), width: "80px", isOptional: true, cell: (record) => record.partition },
    { title: t("Offset"), width: "90px", isOptional: true, cell: (record) => record.offset },
    { title: t("Key"), width: "minmax(70px, 1fr)", cell: (record) => record.key ?? "∅" },
    {
      title: t("Value"),
      width: "minmax(120px, 4fr)",
      cell: (record) => <span className={classes.value}>{valueLine(record)}</span>,
    },
  ];
}

function NothingFound({ filter }: { filter: RecordFilter }) {
  const { t } = useTranslation();
  const isFiltered = Object.keys(filter).length > 1;
  return (
    <Empty icon={<IconMailbox size={36} />} title={isFiltered ? t("No record matches") : t("No records yet")}>
      <Text size="sm" className="faint">
        {isFiltered
          ? t("Widen the search, or press More to look further.")
          : t("Produce one in the tab “Produce”, or point a producer at this topic.")}
      </Text>
    </Empty>
  );
}

type Search = Partial<RecordFilter>;

function filterOf({ partition, offset, ts, key, contains, order = "newest" }: Search): RecordFilter {
  return {
    ...(partition !== undefined && { partition }),
    ...(offset !== undefined && { offset }),
    ...(ts !== undefined && { ts }),
    ...(key !== undefined && { key }),
    ...(contains !== undefined && { contains }),
    order,
  };
}
