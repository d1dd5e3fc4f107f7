import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { parseConfigs, partitionsMax, refusedName } from "./newTopic";

interface NewTopic {
  name: string;
  partitions: number;
  configs: Record<string, string>;
}

export function CreateTopic({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [partitions, setPartitions] = useState("1");
  const [lines, setLines] = useState("");
  const create = useCreate();
  const configs = parseConfigs(lines);
  const refusal = refusedName(name.trim());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refusal || "line" in configs) return;
    create.mutate({ name: name.trim(), partitions: Number(partitions), configs: configs.values });
  };

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("Create a topic")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t("Name")}
            description={t("For example vehicle-coordinates.")}
            required
            data-autofocus
            maxLength={249}
            value={name}
            error={name !== "" && refusal && t(refusal)}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            type="number"
            label={t("Partitions")}
            description={t(
              "Records of one key stay in order within a partition. It can grow later, not shrink.",
            )}
            required
            min={1}
            max={partitionsMax}
            value={partitions}
            onChange={(event) => setPartitions(event.currentTarget.value)}
          />
          <Textarea
            label={t("Configuration")}
            description={t("One setting a line, for example retention.ms=3600000. May be left empty.")}
            rows={3}
            value={lines}
            error={"line" in configs && t("Line {{line}} is not name=value.", { line: configs.line })}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
          {create.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {create.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("Cancel")}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={refusal !== null || "line" in configs}>
              {t("Create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useCreate() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (topic: NewTopic) => post<unknown>("/api/kafka/topics", topic),
    onSuccess: async (_answer, { name }) => {
      await queries.invalidateQueries({ queryKey: ["kafka", "topics"] });
      await navigate({ to: "/streams/topics/$topic", params: { topic: name } });
    },
  });
}
