import { ActionIcon, Button, Card, Group, Switch, Table, Text, TextInput, Title } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "@mantine/core/styles/Table.css";
import { IconArrowBackUp, IconPencil } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { put } from "../../api/http";
import { type TopicConfig, topicPath, topicQuery } from "../../api/kafka";
import { notifyDone, notifyFailed } from "../../shell/notify";

/// A topic's settings: those that differ from the broker's, or all; each is changed in place.
export function ConfigsCard({ topic, configs }: { topic: string; configs: TopicConfig[] }) {
  const { t } = useTranslation();
  const [isAll, setIsAll] = useState(false);
  const [edited, setEdited] = useState<string | null>(null);
  const save = useSave(topic);
  const shown = configs
    .filter(({ isDefault, name }) => isAll || !isDefault || usual.has(name))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t("Configuration")}
        </Title>
        <Switch
          label={t("All settings")}
          checked={isAll}
          onChange={(event) => setIsAll(event.currentTarget.checked)}
        />
      </Group>
      <Table aria-label={t("Configuration")} layout="fixed">
        <Table.Tbody>
          {shown.map((config) => (
            <Table.Tr key={config.name}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{config.name}</Table.Td>
              <Table.Td>
                {edited === config.name ? (
                  <ConfigForm
                    config={config}
                    onSave={(value) => save(config, value).then((isSaved) => isSaved && setEdited(null))}
                    onClose={() => setEdited(null)}
                  />
                ) : (
                  <Row
                    config={config}
                    onEdit={() => setEdited(config.name)}
                    onReset={() => void save(config, null)}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

// What people change most, shown also where it is the broker's default.
const usual = new Set(["cleanup.policy", "max.message.bytes", "retention.bytes", "retention.ms"]);

interface RowProps {
  config: TopicConfig;
  onEdit: () => void;
  onReset: () => void;
}

function Row({ config: { name, value, isDefault, readOnly }, onEdit, onReset }: RowProps) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm" fw={isDefault ? 400 : 650} style={{ overflowWrap: "anywhere" }}>
        {value === null || value === "" ? "–" : value}
      </Text>
      {!readOnly && (
        <Group gap={2} wrap="nowrap">
          {!isDefault && (
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={onReset}
              aria-label={t("Reset {{name}} to the default", { name })}
              title={t("Reset to the default")}
            >
              <IconArrowBackUp size={16} />
            </ActionIcon>
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={onEdit}
            aria-label={t("Edit {{name}}", { name })}
          >
            <IconPencil size={16} />
          </ActionIcon>
        </Group>
      )}
    </Group>
  );
}

interface ConfigFormProps {
  config: TopicConfig;
  onSave: (value: string) => Promise<unknown>;
  onClose: () => void;
}

function ConfigForm({ config, onSave, onClose }: ConfigFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(config.value ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onSave(text.trim());
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={t("Value of {{name}}", { name: config.name })}
          size="xs"
          flex={1}
          miw={0}
          autoFocus
          required
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" type="submit">
          {t("Save")}
        </Button>
        <Button size="xs" variant="default" onClick={onClose} visibleFrom="sm">
          {t("Cancel")}
        </Button>
      </Group>
    </form>
  );
}

/// Saves one setting (null: back to the default) and offers the way back; true when it was taken.
function useSave(topic: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const write = async (name: string, value: string | null) => {
    await put(`${topicPath(topic)}/configs`, { [name]: value });
    await queries.invalidateQueries({ queryKey: topicQuery(topic).queryKey });
  };
  return async ({ name, value: old, isDefault }: TopicConfig, value: string | null): Promise<boolean> => {
    try {
      await write(name, value);
    } catch (failure) {
      await notifyFailed(failure);
      return false;
    }
    await notifyDone(t("{{name}} is changed.", { name }), () => write(name, isDefault ? null : old));
    return true;
  };
}
