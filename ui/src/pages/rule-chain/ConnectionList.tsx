/// Where messages go from a node, to be read and changed without a mouse.
import { ActionIcon, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { withLabels, withLink } from "./draft";
import { type Components, nextLabel } from "./nodeForms";
import type { Editor } from "./useEditor";

interface ConnectionListProps {
  editor: Editor;
  source: string;
  components: Components;
}

export function ConnectionList({ editor, source, components }: ConnectionListProps) {
  const { t } = useTranslation();
  const { nodes, links } = editor.draft;
  const nameOf = (key: string) => nodes.find((each) => each.key === key)?.node.name ?? key;
  const mine = links.filter((each) => each.source === source);
  const others = nodes.filter(({ key }) => key !== source);
  return (
    <Stack gap={4} role="group" aria-label={t("Connections")}>
      <Text size="sm" fw={500}>
        {t("Connections")}
      </Text>
      {mine.map(({ target, labels }) => (
        <Group key={target} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm">
            {labels.join(" / ")} → {nameOf(target)}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("Disconnect {{name}}", { name: nameOf(target) })}
            onClick={() => editor.change((draft) => withLabels(draft, source, target, []))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <NativeSelect
        size="xs"
        aria-label={t("Connect to")}
        value=""
        data={[
          { value: "", label: t("Connect to…") },
          ...others.map(({ key, node }) => ({ value: key, label: node.name })),
        ]}
        onChange={(event) => {
          const target = event.currentTarget.value;
          if (target)
            editor.change((draft) => withLink(draft, source, target, labelFor(editor, source, components)));
        }}
      />
    </Stack>
  );
}

export function labelFor(editor: Editor, source: string, components: Components): string {
  const node = editor.draft.nodes.find(({ key }) => key === source)?.node;
  const used = editor.draft.links.filter((each) => each.source === source).flatMap(({ labels }) => labels);
  return nextLabel(components.get(node?.type ?? ""), used);
}
