/// Commands to a device and what it answered.
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { Alert, Button, Card, Group, Stack, Switch, Text, Textarea, TextInput, Title } from "@mantine/core";
import { IconAlertTriangle, IconSend } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import type { Json } from "../../api/types";
import { JsonView } from "../../text/JsonView";
import { Time } from "../../text/Time";

interface Sent {
  at: number;
  method: string;
  params: Json;
  answer: Json | undefined;
  failure: string | null;
}

const keptMax = 20;

export function CommandsTab({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const [method, setMethod] = useState("getStatus");
  const [params, setParams] = useState("{}");
  const [isAnswered, setAnswered] = useState(true);
  const [sent, setSent] = useState<Sent[]>([]);
  const parsed = parse(params);
  const send = useMutation({
    mutationFn: (command: { method: string; params: Json }) =>
      post<Json | undefined>(`/api/rpc/${isAnswered ? "twoway" : "oneway"}/${deviceId}`, {
        ...command,
        timeout: 10_000,
      }),
    onSettled: (answer, failure, command) =>
      setSent((old) =>
        [{ at: Date.now(), ...command, answer, failure: failure?.message ?? null }, ...old].slice(0, keptMax),
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed !== undefined && method.trim() !== "") send.mutate({ method: method.trim(), params: parsed });
  };
  return (
    <Stack>
      <Card withBorder padding="md">
        <Title order={2} size="h5" mb="sm">
          {t("Send a command")}
        </Title>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label={t("Method")}
              value={method}
              onChange={(event) => setMethod(event.currentTarget.value)}
            />
            <Textarea
              label={t("Parameters")}
              autosize
              minRows={2}
              maxRows={12}
              spellCheck={false}
              styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
              value={params}
              error={parsed === undefined && t("This is not JSON.")}
              onChange={(event) => setParams(event.currentTarget.value)}
            />
            <Switch
              label={t("Wait for the device's answer")}
              checked={isAnswered}
              onChange={(event) => setAnswered(event.currentTarget.checked)}
            />
            <Group>
              <Button
                type="submit"
                loading={send.isPending}
                disabled={parsed === undefined || method.trim() === ""}
                leftSection={<IconSend size={16} aria-hidden />}
              >
                {t("Send it")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
      {sent.length > 0 && (
        <Card withBorder padding="md" aria-live="polite">
          <Title order={2} size="h5" mb="sm">
            {t("Sent")}
          </Title>
          <Stack gap="xs">
            {sent.map((each) => (
              <Outcome key={each.at} sent={each} />
            ))}
          </Stack>
        </Card>
      )}
    </Stack>
  );
}

function Outcome({ sent: { at, method, params, answer, failure } }: { sent: Sent }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm">
        <code>
          {method} {JSON.stringify(params)}
        </code>{" "}
        <Time at={at} />
      </Text>
      {failure ? (
        <Alert color="red" icon={<IconAlertTriangle />}>
          {failure}
        </Alert>
      ) : answer === undefined ? (
        <Text size="sm" className="faint">
          {t("The device has it.")}
        </Text>
      ) : (
        <JsonView value={answer} />
      )}
    </div>
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
