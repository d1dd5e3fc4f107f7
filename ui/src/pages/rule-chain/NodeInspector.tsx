/// The settings of one node: its script as code, the rest as JSON, and a link into the chain that it calls.
import { ActionIcon, Alert, Anchor, Group, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Time } from "../../text/Time";
import type { Activity } from "./figures";
import type { GraphNode } from "./graph";
import classes from "./NodeInspector.module.css";
import { kindOf } from "./nodeKinds";
import { RecentMessages } from "./RecentMessages";
import { scriptsOf } from "./scripts";

interface NodeInspectorProps {
  node: GraphNode;
  activity: Activity | undefined;
  chainName: (id: string) => string | undefined;
  onClose: () => void;
}

export function NodeInspector({
  node: { node, calledChainId },
  activity,
  chainName,
  onClose,
}: NodeInspectorProps) {
  const { t } = useTranslation();
  const { kind, label } = kindOf(node.type);
  const { scripts, rest } = scriptsOf(node.configuration ?? {});
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
      {node.additionalInfo?.description && <Text size="sm">{node.additionalInfo.description}</Text>}
      {calledChainId && (
        <Anchor component={Link} to={`/ruleChains/${calledChainId}`} size="sm">
          {t("Open the chain {{name}}", { name: chainName(calledChainId) ?? calledChainId })}
        </Anchor>
      )}
      {activity?.lastError && (
        <Alert color="red" icon={<IconAlertTriangle />} title={t("Last failure")}>
          <Text size="sm">{activity.lastError}</Text>
          <Text size="xs">
            <Time at={activity.lastErrorTs} />
          </Text>
        </Alert>
      )}
      {scripts.map(([name, code]) => (
        <Block key={name} title={name} text={code} />
      ))}
      {Object.keys(rest).length > 0 && (
        <Block title={t("Configuration")} text={JSON.stringify(rest, null, 2)} />
      )}
      {activity && <RecentMessages messages={activity.recent} />}
    </aside>
  );
}

function Block({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <Text size="xs" fw={600} className="faint" mb={4}>
        {title}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.code} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
