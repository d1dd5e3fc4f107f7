/// One node: its name, its settings as a form made from their description, what it is connected to, and the
/// last messages it got.
import "@mantine/core/styles/Tabs.css";
import {
  ActionIcon,
  Alert,
  Anchor,
  Button,
  Group,
  Stack,
  Tabs,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { IconAlertTriangle, IconTrash, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Json, RuleChain, RuleNode } from "../../api/types";
import { Time } from "../../text/Time";
import { ConnectionList } from "./ConnectionList";
import { type Draft, type DraftNode, withChange, without } from "./draft";
import type { Activities, Activity } from "./figures";
import classes from "./NodeInspector.module.css";
import { type Components, definitionOf } from "./nodeForms";
import { kindOf } from "./nodeKinds";
import { RecentMessages } from "./RecentMessages";
import { SettingsForm } from "./SettingsForm";
import type { Editor } from "./useEditor";

interface NodeInspectorProps {
  editor: Editor;
  chosen: DraftNode;
  components: Components;
  activities: Activities;
  chains: RuleChain[];
  onClose: () => void;
}

export function NodeInspector(props: NodeInspectorProps) {
  const { editor, chosen, activities, onClose } = props;
  const { t } = useTranslation();
  const { node, key } = chosen;
  const { kind, label } = kindOf(node.type);
  const activity = activities.get(node.id?.id ?? "");
  return (
    <aside className={classes.inspector} aria-label={t("Settings of {{name}}", { name: node.name })}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h4" className={classes.name}>
            {node.name}
          </Title>
          <Text size="sm" className="faint">
            {t(label)} · {t(kind)}
          </Text>
        </div>
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t("Close")}>
          <IconX size={18} />
        </ActionIcon>
      </Group>
      {activity?.lastError && <LastFailure activity={activity} />}
      <Tabs defaultValue="settings" key={key} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="settings">{t("Settings")}</Tabs.Tab>
          <Tabs.Tab value="messages">{t("Last messages")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings">
          <Settings {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          {activity ? (
            <RecentMessages messages={activity.recent} next={nextNodes(editor.draft, key, activities)} />
          ) : (
            <Text size="sm" className="faint">
              {t("This node is not saved yet, so no message has come here.")}
            </Text>
          )}
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

function Settings({
  editor,
  chosen: { node, key },
  components,
  activities,
  chains,
  onClose,
}: NodeInspectorProps) {
  const { t } = useTranslation();
  const component = components.get(node.type);
  const change = (part: Partial<RuleNode>, kind: string) =>
    editor.change((draft) => withChange(draft, key, part), `${key} ${kind}`);
  const calledId = calledChainOf(node);
  return (
    <Stack gap="sm">
      <TextInput
        label={t("Name")}
        value={node.name}
        error={node.name.trim() === "" && t("A node needs a name.")}
        onChange={(event) => change({ name: event.currentTarget.value }, "name")}
      />
      {definitionOf(component)?.description && (
        <Text size="xs" className="faint">
          {definitionOf(component)?.description}
        </Text>
      )}
      <SettingsForm
        settings={definitionOf(component)?.settings ?? []}
        values={node.configuration ?? {}}
        nodeType={node.type}
        messages={activities.get(node.id?.id ?? "")?.recent ?? []}
        chains={chains}
        onChange={(name: string, value: Json) =>
          change({ configuration: { ...node.configuration, [name]: value } }, name)
        }
      />
      {!component && (
        <Alert color="yellow" icon={<IconAlertTriangle />}>
          {t("This version does not know this kind of node; its settings are kept as they are.")}
        </Alert>
      )}
      {calledId && (
        <Anchor component={Link} to={`/ruleChains/${calledId}`} size="sm">
          {t("Open the chain {{name}}", {
            name: chains.find(({ id }) => id.id === calledId)?.name ?? calledId,
          })}
        </Anchor>
      )}
      <Textarea
        label={t("Description")}
        autosize
        minRows={1}
        value={node.additionalInfo?.description ?? ""}
        onChange={(event) =>
          change(
            { additionalInfo: { ...node.additionalInfo, description: event.currentTarget.value } },
            "description",
          )
        }
      />
      <ConnectionList editor={editor} source={key} components={components} />
      <Group gap="xs">
        {editor.draft.first !== key && (
          <Button
            size="xs"
            variant="default"
            onClick={() => editor.change((draft) => ({ ...draft, first: key }))}
          >
            {t("Messages enter here")}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => {
            editor.change((draft) => without(draft, new Set([key])));
            onClose();
          }}
        >
          {t("Delete the node")}
        </Button>
      </Group>
    </Stack>
  );
}

function LastFailure({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t("Last failure")}>
      <Text size="sm">{activity.lastError}</Text>
      <Text size="xs">
        <Time at={activity.lastErrorTs} />
      </Text>
    </Alert>
  );
}

function nextNodes(draft: Draft, key: string, activities: Activities): (Activity | undefined)[] {
  const targets = new Set(draft.links.filter(({ source }) => source === key).map(({ target }) => target));
  return draft.nodes
    .filter((each) => targets.has(each.key))
    .map(({ node }) => activities.get(node.id?.id ?? ""));
}

function calledChainOf({ type, configuration }: RuleNode): string | null {
  const id = configuration?.ruleChainId;
  return type.endsWith("TbRuleChainInputNode") && typeof id === "string" && id !== "" ? id : null;
}
