/// Writes one record; JSON is checked before it is sent.
import {
  ActionIcon,
  Alert,
  Button,
  Card,
  Group,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconAlertTriangle, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { type Appended, type NewRecord, topicPath } from "../../api/kafka";
import { checkedValue, type WrittenType } from "./newRecord";

interface HeaderRow {
  id: number;
  key: string;
  value: string;
}

export function ProduceTab({ topic, partitions }: { topic: string; partitions: number }) {
  const { t } = useTranslation();
  const [key, setKey] = useState("");
  const [text, setText] = useState("");
  const [type, setType] = useState<WrittenType>("json");
  const [partition, setPartition] = useState("");
  const [headers, setHeaders] = useState<HeaderRow[]>([]);
  const send = useSend(topic);
  const checked = checkedValue(text, type);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ("refusal" in checked) return;
    send.mutate({
      key: key === "" ? null : key,
      ...checked,
      headers: headers.filter((header) => header.key !== "").map(({ key, value }) => ({ key, value })),
      ...(partition !== "" && { partition: Number(partition) }),
    });
  };

  return (
    <Card withBorder padding="md">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Group gap="sm" align="flex-start" grow>
            <TextInput
              label={t("Key")}
              description={t("May be left empty.")}
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
            <NativeSelect
              label={t("Value is")}
              description={t("How the value is written.")}
              data={[
                { value: "json", label: t("JSON") },
                { value: "text", label: t("Text") },
                { value: "binary", label: t("Bytes (Base64)") },
                { value: "null", label: t("Nothing (deletes the key)") },
              ]}
              value={type}
              onChange={(event) => setType(event.currentTarget.value as WrittenType)}
            />
            <NativeSelect
              label={t("Partition")}
              description={t("By the key, unless chosen.")}
              data={[
                { value: "", label: t("By the key") },
                ...Array.from({ length: partitions }, (_, i) => String(i)),
              ]}
              value={partition}
              onChange={(event) => setPartition(event.currentTarget.value)}
            />
          </Group>
          {type !== "null" && (
            <Textarea
              label={t("Value")}
              rows={8}
              ff="monospace"
              spellCheck={false}
              placeholder={type === "json" ? '{"longitude": 51, "latitude": 35}' : ""}
              value={text}
              error={text !== "" && "refusal" in checked && t(checked.refusal, checked.where)}
              onChange={(event) => setText(event.currentTarget.value)}
              styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            />
          )}
          <Headers rows={headers} onChange={setHeaders} />
          {send.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {send.error.message}
            </Alert>
          )}
          <Group justify="space-between">
            <Sent topic={topic} appended={send.data} />
            <Button type="submit" loading={send.isPending} disabled={"refusal" in checked}>
              {t("Produce")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Sent({ topic, appended }: { topic: string; appended: Appended | undefined }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" role="status">
      {appended && (
        <Link
          to="/streams/topics/$topic"
          params={{ topic }}
          search={{ at: `${appended.partition}-${appended.offset}` }}
        >
          {t("Written as record {{offset}} of partition {{partition}}.", { ...appended })}
        </Link>
      )}
    </Text>
  );
}

function Headers({ rows, onChange }: { rows: HeaderRow[]; onChange: (rows: HeaderRow[]) => void }) {
  const { t } = useTranslation();
  const set = (id: number, change: Partial<HeaderRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  const nextId = Math.max(0, ...rows.map(({ id }) => id)) + 1;
  return (
    <Stack gap={6} align="flex-start">
      {rows.map(({ id, key, value }) => (
        <Group key={id} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t("Header name")}
            placeholder={t("Header name")}
            value={key}
            onChange={(event) => set(id, { key: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("Header value")}
            placeholder={t("Header value")}
            value={value}
            onChange={(event) => set(id, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => onChange(rows.filter((row) => row.id !== id))}
            aria-label={t("Remove the header")}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => onChange([...rows, { id: nextId, key: "", value: "" }])}
      >
        {t("Add a header")}
      </Button>
    </Stack>
  );
}

function useSend(topic: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (record: NewRecord) => post<Appended>(`${topicPath(topic)}/records`, record),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["kafka", "topic", topic] }),
  });
}
