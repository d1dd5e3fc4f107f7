import { Badge, Button, Card, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { IconPlus, IconSearch, IconStack2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Topic, topicsQuery } from "../../api/kafka";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { type Column, VirtualTable } from "../../shell/VirtualTable";
import { bytesText, countText, rateText } from "../../text/amounts";

export function TopicsTable() {
  const { t } = useTranslation();
  const { q = "", internal = false } = useSearch({ from: "/inside/streams" });
  const navigate = useNavigate({ from: "/streams" });
  const { data, error, refetch } = useQuery(topicsQuery(internal));
  const columns = useColumns();
  const rows = (data ?? [])
    .filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()))
    .sort((a, b) => a.name.localeCompare(b.name));
  const search = (next: { q?: string | undefined; internal?: true | undefined }) =>
    void navigate({
      search: (old) => defined({ ...old, ...next }),
      replace: true,
    });
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Group gap="md">
          <TextInput
            type="search"
            aria-label={t("Find a topic by name")}
            placeholder={t("Find a topic")}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={q}
            onChange={(event) => search({ q: event.currentTarget.value || undefined })}
          />
          <Switch
            label={t("Internal topics")}
            checked={internal}
            onChange={(event) => search({ internal: event.currentTarget.checked || undefined })}
          />
        </Group>
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => void navigate({ search: (old) => ({ ...old, create: true }) })}
        >
          {t("Create a topic")}
        </Button>
      </Group>
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading />}
        {data && rows.length === 0 && <NoTopics search={q} />}
        {rows.length > 0 && (
          <VirtualTable
            label={t("Topics")}
            rows={rows}
            rowCount={rows.length}
            rowKey={(topic) => topic.name}
            columns={columns}
            link={(topic) => ({ to: "/streams/topics/$topic", params: { topic: topic.name } })}
          />
        )}
      </Card>
    </Stack>
  );
}

function useColumns(): Column<Topic>[] {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return [
    {
      title: t("Name"),
      width: "minmax(150px, 3fr)",
      cell: (topic) => (
        <Group gap="xs" wrap="nowrap">
          <Text fw={550} truncate>
            {topic.name}
          </Text>
          {topic.internal && (
            <Badge variant="light" color="gray" tt="none">
              {t("Internal")}
            </Badge>
          )}
        </Group>
      ),
    },
    { title: t("Partitions"), width: "90px", isOptional: true, cell: (topic) => topic.partitions },
    { title: t("Records"), width: "90px", cell: (topic) => countText(topic.records, language) },
    {
      title: t("Size"),
      width: "90px",
      isOptional: true,
      cell: (topic) => bytesText(topic.sizeBytes, language),
    },
    { title: t("Rate"), width: "80px", cell: (topic) => rateText(topic.recordsPerSecond, language) },
    {
      title: t("Bytes per second"),
      width: "130px",
      isOptional: true,
      cell: (topic) => `${bytesText(topic.bytesPerSecond, language)}/s`,
    },
  ];
}

function NoTopics({ search }: { search: string }) {
  const { t } = useTranslation();
  return search ? (
    <Empty icon={<IconSearch size={36} />} title={t("No topic matches “{{search}}”", { search })} />
  ) : (
    <Empty icon={<IconStack2 size={36} />} title={t("No topics yet")}>
      <Text size="sm" className="faint">
        {t("Create one here, or let a producer create it with its first record.")}
      </Text>
    </Empty>
  );
}

function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
