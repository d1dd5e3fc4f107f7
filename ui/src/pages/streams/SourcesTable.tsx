import "@mantine/core/styles/Table.css";
import { ActionIcon, Button, Card, Group, Stack, Table, Text } from "@mantine/core";
import { IconPencil, IconPlus, IconTransferIn, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { remove } from "../../api/http";
import { type Source, sourcesPath, sourcesQuery } from "../../api/kafka";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { countText } from "../../text/amounts";
import { EditSource } from "./EditSource";
import { stateText } from "./GroupsTable";
import classes from "./SourcesTable.module.css";

/// Topics whose records become values of devices.
export function SourcesTable() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(sourcesQuery);
  const [edited, setEdited] = useState<Source | "new" | null>(null);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" className="faint">
          {t("Records of these topics become values of devices.")}
        </Text>
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited("new")}>
          {t("Add a source")}
        </Button>
      </Group>
      {error && <Failure error={error} onRetry={refetch} />}
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading rows={2} />}
        {data?.length === 0 && (
          <Empty icon={<IconTransferIn size={36} />} title={t("No sources yet")}>
            <Text size="sm" className="faint">
              {t("Add one to keep what is in a topic as telemetry of devices.")}
            </Text>
          </Empty>
        )}
        {data && data.length > 0 && <Rows sources={data} onEdit={setEdited} />}
      </Card>
      {edited && <EditSource source={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </Stack>
  );
}

function Rows({ sources, onEdit }: { sources: Source[]; onEdit: (source: Source) => void }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
      <Table aria-label={t("Sources")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("Name")}</Table.Th>
            <Table.Th>{t("Topics")}</Table.Th>
            <Table.Th>{t("State")}</Table.Th>
            <Table.Th>{t("Records")}</Table.Th>
            <Table.Th>{t("Dead letters")}</Table.Th>
            <Table.Th>{t("Actions")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sources.map((source) => (
            <Row key={source.id} source={source} onEdit={() => onEdit(source)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ source, onEdit }: { source: Source; onEdit: () => void }) {
  const { t, i18n } = useTranslation();
  const drop = useDrop(source);
  const { state, error, records = 0, deadLetters = 0 } = source.status;
  const name = source.name || source.topicPattern;
  return (
    <Table.Tr className="numbers">
      <Table.Td fw={550}>{name}</Table.Td>
      <Table.Td>{source.topicPattern}</Table.Td>
      <Table.Td>
        <Text size="sm" fw={550} className={classes.state} data-state={state}>
          {stateText(state)}
        </Text>
        {error && (
          <Text size="xs" mt={4}>
            {error}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{countText(records, i18n.language)}</Table.Td>
      <Table.Td>{countText(deadLetters, i18n.language)}</Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="subtle" aria-label={t("Edit {{name}}", { name })} onClick={onEdit}>
            <IconPencil size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t("Delete {{name}}", { name })}
            loading={drop.isPending}
            onClick={() => drop.mutate()}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function useDrop(source: Source) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: sourcesQuery.queryKey });
  return useMutation({
    mutationFn: () => remove(`${sourcesPath}/${source.id}`),
    onSuccess: async () => {
      await refresh();
      await notifyDone(t("{{name}} is deleted.", { name: source.name || source.topicPattern }));
    },
    onError: notifyFailed,
  });
}
