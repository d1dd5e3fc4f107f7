import "@mantine/core/styles/Table.css";
import { Button, Card, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { type TopicDetail, topicPath, topicQuery } from "../../api/kafka";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { bytesText } from "../../text/amounts";
import { ConfigsCard } from "./ConfigsCard";
import { DeleteTopic } from "./DeleteTopic";

export function SettingsTab({ topic }: { topic: TopicDetail }) {
  return (
    <Stack>
      <ConfigsCard topic={topic.name} configs={topic.configs} />
      <PartitionsCard topic={topic} />
      {!topic.internal && <DeleteTopic topic={topic.name} />}
    </Stack>
  );
}

function PartitionsCard({ topic }: { topic: TopicDetail }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" align="flex-start" mb="xs">
        <Title order={2} size="h5">
          {t("Partitions")}
        </Title>
        {!topic.internal && <MorePartitions topic={topic.name} count={topic.partitions.length} />}
      </Group>
      <Table.ScrollContainer minWidth={420} type="native" tabIndex={0}>
        <Table aria-label={t("Partitions")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("Partition")}</Table.Th>
              <Table.Th>{t("Leader")}</Table.Th>
              <Table.Th>{t("First offset")}</Table.Th>
              <Table.Th>{t("Next offset")}</Table.Th>
              <Table.Th>{t("Size")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {topic.partitions.map((each) => (
              <Table.Tr key={each.partition} className="numbers">
                <Table.Td>{each.partition}</Table.Td>
                <Table.Td>{each.leader ?? t("none")}</Table.Td>
                <Table.Td>{number(each.startOffset)}</Table.Td>
                <Table.Td>{number(each.endOffset)}</Table.Td>
                <Table.Td>{bytesText(each.sizeBytes, i18n.language)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}

function MorePartitions({ topic, count }: { topic: string; count: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await post(`${topicPath(topic)}/partitions`, { count: Number(wanted) });
      await queries.invalidateQueries({ queryKey: topicQuery(topic).queryKey });
      setWanted(null);
      await notifyDone(t("{{topic}} has {{wanted}} partitions now.", { topic, wanted }));
    } catch (failure) {
      await notifyFailed(failure);
    }
  };
  if (wanted === null)
    return (
      <Button size="xs" variant="default" onClick={() => setWanted(String(count + 1))}>
        {t("Add partitions")}
      </Button>
    );
  return (
    <form onSubmit={submit}>
      <Group gap="xs">
        <Text size="sm">{t("Keys move to other partitions; this cannot be undone.")}</Text>
        <TextInput
          type="number"
          size="xs"
          w={90}
          min={count + 1}
          required
          autoFocus
          aria-label={t("Partitions in all")}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <Button size="xs" type="submit">
          {t("Add")}
        </Button>
        <Button size="xs" variant="default" onClick={() => setWanted(null)}>
          {t("Cancel")}
        </Button>
      </Group>
    </form>
  );
}
