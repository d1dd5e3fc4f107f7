/// Tries a script on a message: a recorded one, or one made up.
import { Alert, Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import type { RecentMessage } from "../../api/types";
import { exact } from "../../text/Time";
import classes from "./NodeInspector.module.css";

interface ScriptBenchProps {
  script: string;
  scriptLang: "JS" | "TBEL";
  nodeType: string;
  messages: RecentMessage[];
}

interface Trial {
  msg: string;
  metadata: string;
  msgType: string;
}

const example: Trial = {
  msg: '{\n  "temperature": 22.4,\n  "humidity": 78\n}',
  metadata: '{\n  "deviceName": "Test device",\n  "deviceType": "default",\n  "ts": "1600000000000"\n}',
  msgType: "POST_TELEMETRY_REQUEST",
};

export function ScriptBench({ script, scriptLang, nodeType, messages }: ScriptBenchProps) {
  const { t, i18n } = useTranslation();
  const recorded = [...messages].reverse();
  const [trial, setTrial] = useState<Trial>(() => (recorded[0] ? trialOf(recorded[0]) : example));
  const run = useMutation({ mutationFn: () => tried(script, scriptLang, nodeType, trial) });
  return (
    <Stack gap="xs" flex={2} miw={260} role="group" aria-label={t("Try the script")}>
      {recorded.length > 0 && (
        <NativeSelect
          size="xs"
          label={t("Message")}
          data={recorded.map((message, i) => ({
            value: String(i),
            label: `${exact(new Date(message.ts), i18n.language)} · ${message.msgType}`,
          }))}
          onChange={(event) => {
            const message = recorded[Number(event.currentTarget.value)];
            if (message) setTrial(trialOf(message));
          }}
        />
      )}
      <Code label="msg" value={trial.msg} onChange={(msg) => setTrial({ ...trial, msg })} />
      <Code
        label="metadata"
        value={trial.metadata}
        onChange={(metadata) => setTrial({ ...trial, metadata })}
      />
      <TextInput
        size="xs"
        label="msgType"
        value={trial.msgType}
        onChange={(event) => setTrial({ ...trial, msgType: event.currentTarget.value })}
      />
      <Group>
        <Button
          size="xs"
          loading={run.isPending}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={() => run.mutate()}
        >
          {t("Run")}
        </Button>
      </Group>
      <div aria-live="polite">
        {run.error && (
          <Alert color="red" icon={<IconAlertTriangle />}>
            {run.error.message}
          </Alert>
        )}
        {run.data?.error && (
          <Alert color="red" icon={<IconAlertTriangle />} title={t("The script failed")}>
            {run.data.error}
          </Alert>
        )}
        {run.data && !run.data.error && (
          <>
            <Text size="xs" fw={600} className="faint" mb={4}>
              {t("Result")}
            </Text>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre className={classes.code} tabIndex={0} data-testid="script-result">
              {pretty(run.data.output)}
            </pre>
          </>
        )}
      </div>
    </Stack>
  );
}

function Code({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <Textarea
      label={label}
      size="xs"
      autosize
      minRows={2}
      maxRows={10}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function trialOf({ msg, metadata, msgType }: RecentMessage): Trial {
  return { msg: JSON.stringify(msg, null, 2), metadata: JSON.stringify(metadata, null, 2), msgType };
}

function tried(script: string, scriptLang: string, nodeType: string, trial: Trial) {
  let metadata: unknown;
  try {
    metadata = JSON.parse(trial.metadata);
  } catch {
    throw new Error('The metadata is not JSON. Write it as {"name": "value"}.');
  }
  return post<{ output: string; error: string }>(`/api/ruleChain/testScript?scriptLang=${scriptLang}`, {
    scriptType: nodeType.endsWith("TbJsFilterNode") ? "filter" : "update",
    argNames: ["msg", "metadata", "msgType"],
    script,
    msg: trial.msg,
    metadata,
    msgType: trial.msgType,
  });
}

function pretty(output: string): string {
  try {
    return JSON.stringify(JSON.parse(output), null, 2);
  } catch {
    return output;
  }
}
