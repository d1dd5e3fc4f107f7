import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { Alert, Button, Group, NativeSelect, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { refusedTopic } from "./topicNames";

interface NewPublish {
  topic: string;
  payload: string;
  qos: number;
  retain: boolean;
}

export function PublishForm({ topic: chosen }: { topic: string }) {
  const { t } = useTranslation();
  const [topic, setTopic] = useState(chosen);
  const [payload, setPayload] = useState("");
  const [qos, setQos] = useState("0");
  const [isRetained, setIsRetained] = useState(false);
  const publish = usePublish();
  const refusal = refusedTopic(topic);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refusal) return;
    publish.mutate({ topic, payload, qos: Number(qos), retain: isRetained });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("Topic")}
          description={t("For example {{topic}}.", { topic: "sensors/kitchen/temperature" })}
          required
          spellCheck={false}
          value={topic}
          error={topic !== "" && refusal && t(refusal)}
          onChange={(event) => setTopic(event.currentTarget.value)}
        />
        <Textarea
          label={t("Payload")}
          rows={3}
          spellCheck={false}
          value={payload}
          onChange={(event) => setPayload(event.currentTarget.value)}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
        <Group gap="md" align="flex-end">
          <NativeSelect
            label={t("Quality of service")}
            data={[
              { value: "0", label: t("0, at most once") },
              { value: "1", label: t("1, at least once") },
              { value: "2", label: t("2, exactly once") },
            ]}
            value={qos}
            onChange={(event) => setQos(event.currentTarget.value)}
          />
          <Switch
            label={t("Retain")}
            mb={8}
            checked={isRetained}
            onChange={(event) => setIsRetained(event.currentTarget.checked)}
          />
          <Button type="submit" loading={publish.isPending} disabled={refusal !== null}>
            {t("Publish it")}
          </Button>
          <Text size="sm" role="status" mb={8}>
            {publish.isSuccess && t("Published.")}
          </Text>
        </Group>
        {publish.error && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {publish.error.message}
          </Alert>
        )}
      </Stack>
    </form>
  );
}

function usePublish() {
  const queries = useQueryClient();
  const navigate = useNavigate({ from: "/mqtt" });
  return useMutation({
    mutationFn: (publish: NewPublish) => post("/api/mqtt/publish", { ...publish, payloadType: "text" }),
    onSuccess: async (_answer, { topic }) => {
      await queries.invalidateQueries({ queryKey: ["mqtt"] });
      await navigate({ search: (old) => ({ ...old, topic }), replace: true });
    },
  });
}
