import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import type { Device } from "../../api/types";

/// Creates a device and opens its page where the credentials and snippets are.
export function CreateDevice({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [label, setLabel] = useState("");
  const create = useCreate();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim(), type: "default", ...(label.trim() && { label: label.trim() }) });
  };

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("Create a device")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t("Name")}
            description={t("Unique among your devices, for example “Boiler room sensor”.")}
            required
            data-autofocus
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("Label")}
            description={t("What people call it; may be left empty.")}
            maxLength={255}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
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
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ""}>
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
    mutationFn: (device: { name: string; type: string; label?: string }) =>
      post<Device>("/api/device", device),
    onSuccess: async (device) => {
      await queries.invalidateQueries({ queryKey: ["devices"] });
      await navigate({
        to: "/devices/$deviceId",
        params: { deviceId: device.id.id },
        search: { tab: "connect" },
      });
    },
  });
}
