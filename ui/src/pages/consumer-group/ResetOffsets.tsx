import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { type ConsumerGroupDetail, groupPath, groupQuery, topicsQuery } from "../../api/kafka";
import { notifyDone } from "../../shell/notify";

interface ResetOffsetsProps {
  group: ConsumerGroupDetail;
  opened: boolean;
  onClose: () => void;
}

type Place = "earliest" | "latest" | "ts" | "offset";

/// Lets a group read again from an earlier place, or skip ahead.
export function ResetOffsets({ group, opened, onClose }: ResetOffsetsProps) {
  const { t } = useTranslation();
  const known = [...new Set(group.offsets.map(({ topic }) => topic))];
  const topics = useQuery({ ...topicsQuery(false), enabled: opened && known.length === 0 });
  const choices = known.length > 0 ? known : (topics.data ?? []).map(({ name }) => name);
  const [chosen, setChosen] = useState("");
  const topic = choices.includes(chosen) ? chosen : (choices[0] ?? "");
  const partitions = group.offsets.filter((each) => each.topic === topic).map(({ partition }) => partition);
  const [partition, setPartition] = useState("");
  const [place, setPlace] = useState<Place>("earliest");
  const [time, setTime] = useState("");
  const [offset, setOffset] = useState("0");
  const reset = useReset(group.groupId, onClose);
  const isBusy = group.members.length > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const to =
      place === "ts"
        ? { ts: new Date(time).getTime() }
        : place === "offset"
          ? { offset: Number(offset) }
          : place;
    reset.mutate({ topic, ...(partition !== "" && { partition: Number(partition) }), to });
  };

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("Reset offsets")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          {isBusy && (
            <Alert color="yellow" icon={<IconAlertTriangle />}>
              {t("The group has members; stop them first, or Kafka will refuse.")}
            </Alert>
          )}
          <NativeSelect
            label={t("Topic")}
            data={choices}
            value={topic}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <NativeSelect
            label={t("Partition")}
            data={[{ value: "", label: t("All") }, ...partitions.map(String)]}
            value={partition}
            onChange={(event) => setPartition(event.currentTarget.value)}
          />
          <NativeSelect
            label={t("Read again from")}
            data={[
              { value: "earliest", label: t("The oldest record") },
              { value: "latest", label: t("The end: only new records") },
              { value: "ts", label: t("A time") },
              { value: "offset", label: t("An offset") },
            ]}
            value={place}
            onChange={(event) => setPlace(event.currentTarget.value as Place)}
          />
          {place === "ts" && (
            <TextInput
              type="datetime-local"
              step={1}
              required
              label={t("Time")}
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
          )}
          {place === "offset" && (
            <TextInput
              type="number"
              min={0}
              required
              label={t("Offset")}
              value={offset}
              onChange={(event) => setOffset(event.currentTarget.value)}
            />
          )}
          {reset.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {reset.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("Cancel")}
            </Button>
            <Button type="submit" loading={reset.isPending} disabled={topic === ""}>
              {t("Reset")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useReset(group: string, onDone: () => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: unknown) => post(`${groupPath(group)}/offsets`, change),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: groupQuery(group).queryKey });
      onDone();
      await notifyDone(t("{{group}} reads on from there.", { group }));
    },
  });
}
