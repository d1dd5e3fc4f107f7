/// One connection: which of a node's outcomes take it.
import "@mantine/core/styles/Chip.css";
import { ActionIcon, Button, Chip, Group, Text, TextInput, Title } from "@mantine/core";
import { IconTrash, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { outputLabelsQuery } from "../../api/queries";
import { type DraftLink, withLabels } from "./draft";
import classes from "./NodeInspector.module.css";
import { type Components, definitionOf, labelsOf } from "./nodeForms";
import type { Editor } from "./useEditor";

interface LinkInspectorProps {
  editor: Editor;
  link: DraftLink;
  components: Components;
  onClose: () => void;
}

export function LinkInspector({
  editor,
  link: { source, target, labels },
  components,
  onClose,
}: LinkInspectorProps) {
  const { t } = useTranslation();
  const [own, setOwn] = useState("");
  const from = editor.draft.nodes.find(({ key }) => key === source)?.node;
  const to = editor.draft.nodes.find(({ key }) => key === target)?.node;
  const component = components.get(from?.type ?? "");
  const called = from?.configuration?.ruleChainId;
  const outputs = useQuery({
    ...outputLabelsQuery(String(called)),
    enabled: typeof called === "string" && called !== "",
  }).data;
  const offered = [...new Set([...(outputs ?? []), ...labelsOf(component), ...labels])];
  const isFree = definitionOf(component)?.customRelations !== false;
  const set = (next: string[]) => {
    editor.change((draft) => withLabels(draft, source, target, next));
    if (next.length === 0) onClose();
  };
  const addOwn = () => {
    if (own.trim() !== "" && !labels.includes(own.trim())) set([...labels, own.trim()]);
    setOwn("");
  };
  return (
    <aside className={classes.inspector} aria-label={t("Connection")}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="h4" className={classes.name}>
          {from?.name} → {to?.name}
        </Title>
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t("Close")}>
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <Text size="sm" id="labels-of-connection">
        {t("Messages take this way when they leave by")}
      </Text>
      <Chip.Group multiple value={labels} onChange={set}>
        <Group gap={6} role="group" aria-labelledby="labels-of-connection">
          {offered.map((label) => (
            <Chip key={label} value={label} size="xs">
              {label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {isFree && (
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            label={t("A name of your own")}
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && addOwn()}
          />
          <Button size="xs" variant="default" onClick={addOwn}>
            {t("Add")}
          </Button>
        </Group>
      )}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => set([])}
        >
          {t("Disconnect")}
        </Button>
      </Group>
    </aside>
  );
}
