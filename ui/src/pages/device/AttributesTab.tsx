import "@mantine/core/styles/Table.css";
import { ActionIcon, Button, Card, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post, remove } from "../../api/http";
import { attributesQuery } from "../../api/queries";
import type { Attribute, AttributeScope, EntityId, Json } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { parseTyped } from "../../text/parseTyped";
import { Time } from "../../text/Time";
import { Value } from "../../text/Value";
import classes from "./AttributesTab.module.css";

const scopes: { scope: AttributeScope; title: string; hint: string }[] = [
  {
    scope: "SERVER_SCOPE",
    title: "Server attributes",
    hint: "Set here or by rule chains; the device does not see them.",
  },
  { scope: "SHARED_SCOPE", title: "Shared attributes", hint: "Set here; the device can read them." },
  { scope: "CLIENT_SCOPE", title: "Client attributes", hint: "Reported by the device itself." },
];

export function AttributesTab({ entity }: { entity: EntityId }) {
  return (
    <Stack>
      {/* Only devices have attributes that they share or report. */}
      {(entity.entityType === "DEVICE" ? scopes : scopes.slice(0, 1)).map((scope) => (
        <ScopeCard key={scope.scope} entity={entity} {...scope} />
      ))}
    </Stack>
  );
}

interface ScopeCardProps {
  entity: EntityId;
  scope: AttributeScope;
  title: string;
  hint: string;
}

function ScopeCard({ entity, scope, title, hint }: ScopeCardProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(attributesQuery(entity, scope));
  const { save, drop } = useAttributeWrites(entity, scope);
  const isWritable = scope !== "CLIENT_SCOPE";
  const rows = [...(data ?? [])].sort((a, b) => a.key.localeCompare(b.key));
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="xs">
        <div>
          <Title order={2} size="h5">
            {t(title)}
          </Title>
          <Text size="sm" className="faint">
            {t(hint)}
          </Text>
        </div>
        {isWritable && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setEdited("")}
          >
            {t("Add")}
          </Button>
        )}
      </Group>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      {edited === "" && <AttributeForm onSave={save} onClose={() => setEdited(null)} />}
      {data && rows.length === 0 && edited === null && (
        <Text size="sm" className="faint">
          {t("None yet.")}
        </Text>
      )}
      {rows.length > 0 && (
        <Table aria-label={t(title)} layout="fixed">
          <Table.Tbody>
            {rows.map((attribute) =>
              edited === attribute.key ? (
                <Table.Tr key={attribute.key}>
                  <Table.Td colSpan={4}>
                    <AttributeForm attribute={attribute} onSave={save} onClose={() => setEdited(null)} />
                  </Table.Td>
                </Table.Tr>
              ) : (
                <Row
                  key={attribute.key}
                  attribute={attribute}
                  isWritable={isWritable}
                  onEdit={() => setEdited(attribute.key)}
                  onDrop={() => drop(attribute)}
                />
              ),
            )}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

interface RowProps {
  attribute: Attribute;
  isWritable: boolean;
  onEdit: () => void;
  onDrop: () => void;
}

function Row({ attribute: { key, value, lastUpdateTs }, isWritable, onEdit, onDrop }: RowProps) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td className={classes.cut} title={key}>
        {key}
      </Table.Td>
      <Table.Td className={classes.cut} fw={600}>
        <Value value={value} />
      </Table.Td>
      <Table.Td w={130} className={classes.time}>
        <Time at={lastUpdateTs} />
      </Table.Td>
      <Table.Td w={80}>
        {isWritable && (
          <Group gap={2} wrap="nowrap" justify="flex-end">
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={onEdit}
              aria-label={t("Edit {{key}}", { key })}
            >
              <IconPencil size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={onDrop}
              aria-label={t("Delete {{key}}", { key })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

interface AttributeFormProps {
  attribute?: Attribute;
  onSave: (key: string, value: Json) => Promise<void>;
  onClose: () => void;
}

function AttributeForm({ attribute, onSave, onClose }: AttributeFormProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState(attribute?.key ?? "");
  const [text, setText] = useState(attribute ? textOf(attribute.value) : "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(key.trim(), parseTyped(text)).then(onClose, notifyFailed);
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <Group gap="xs" align="flex-end" mb="xs">
        <TextInput
          label={t("Key")}
          required
          maxLength={255}
          autoFocus={!attribute}
          disabled={attribute !== undefined}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <TextInput
          label={t("Value")}
          placeholder={t("number, true, text or JSON")}
          required
          autoFocus={attribute !== undefined}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">{t("Save")}</Button>
        <Button variant="default" onClick={onClose}>
          {t("Cancel")}
        </Button>
      </Group>
    </form>
  );
}

function useAttributeWrites(entity: EntityId, scope: AttributeScope) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const path = `/api/plugins/telemetry/${entity.entityType}/${entity.id}/${scope}`;
  const reread = () => queries.invalidateQueries({ queryKey: attributesQuery(entity, scope).queryKey });
  const save = async (key: string, value: Json) => {
    await post(path, { [key]: value });
    await reread();
  };
  const drop = async ({ key, value }: Attribute) => {
    try {
      await remove(path, { keys: key });
      await reread();
      await notifyDone(t("{{key}} is deleted.", { key }), () => save(key, value));
    } catch (failure) {
      await notifyFailed(failure);
    }
  };
  return { save, drop };
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
