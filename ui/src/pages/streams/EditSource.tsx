import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { Alert, Button, Group, Modal, NativeSelect, Stack, Switch, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { type Source, type SourceSettings, sourcesPath, sourcesQuery } from "../../api/kafka";
import { filled, hasSchema, hasSelector, toSend, wanted } from "./sourceForm";

interface EditSourceProps {
  /// Null for a new one.
  source: Source | null;
  onClose: () => void;
}

export function EditSource({ source, onClose }: EditSourceProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => filled(source));
  const save = useSave(source, onClose);
  const missing = wanted(form);
  const isComplete = Object.keys(missing).length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) save.mutate(form);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={source ? t("Edit the source") : t("Add a source")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Fields form={form} change={(part) => setForm((old) => ({ ...old, ...part }))} />
          {save.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {save.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("Cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isComplete}>
              {t("Save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  form: SourceSettings;
  change: (part: Partial<SourceSettings>) => void;
}

function Fields({ form, change }: FieldsProps) {
  const { t } = useTranslation();
  const missing = wanted(form);
  return (
    <>
      <TextInput
        label={t("Topic")}
        description={t("A topic's name, or a regular expression over names.")}
        required
        data-autofocus
        value={form.topicPattern}
        onChange={(event) => change({ topicPattern: event.currentTarget.value })}
      />
      <TextInput
        label={t("Name")}
        description={t("Left empty, it is called as its topic.")}
        value={form.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("Values are")}
        data={[
          { value: "JSON", label: t("JSON") },
          { value: "PLAIN", label: t("A number or text") },
          { value: "AVRO", label: t("Avro with a schema registry") },
          { value: "PROTOBUF", label: t("Protobuf with a schema registry") },
        ]}
        value={form.format}
        onChange={(event) => change({ format: event.currentTarget.value as SourceSettings["format"] })}
      />
      {hasSchema(form) && (
        <TextInput
          label={t("Schema registry")}
          placeholder="http://registry:8081"
          required
          value={form.registryUrl}
          error={form.registryUrl !== "" && missing.registryUrl && t(missing.registryUrl)}
          onChange={(event) => change({ registryUrl: event.currentTarget.value })}
        />
      )}
      <DeviceFields form={form} change={change} />
      <NativeSelect
        label={t("Keep them as")}
        data={[
          { value: "TELEMETRY", label: t("Telemetry") },
          { value: "ATTRIBUTES", label: t("Attributes") },
        ]}
        value={form.content}
        onChange={(event) => change({ content: event.currentTarget.value as SourceSettings["content"] })}
      />
      <NativeSelect
        label={t("Begin a new topic at")}
        data={[
          { value: "EARLIEST", label: t("The oldest record") },
          { value: "LATEST", label: t("The end: only new records") },
        ]}
        value={form.startFrom}
        onChange={(event) => change({ startFrom: event.currentTarget.value as SourceSettings["startFrom"] })}
      />
      <Switch
        label={t("Running")}
        checked={form.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
    </>
  );
}

function DeviceFields({ form, change }: FieldsProps) {
  const { t } = useTranslation();
  const selectors = {
    KEY: "",
    HEADER: t("Header"),
    FIELD: t("Path in the value"),
    TOPIC: t("Regular expression with a group"),
    FIXED: t("Device"),
  };
  return (
    <>
      <NativeSelect
        label={t("The device is named by")}
        data={[
          { value: "KEY", label: t("The record's key") },
          { value: "HEADER", label: t("A header") },
          { value: "FIELD", label: t("A field of the value") },
          { value: "TOPIC", label: t("The topic's name") },
          { value: "FIXED", label: t("Nothing: always the same device") },
        ]}
        value={form.deviceFrom}
        onChange={(event) =>
          change({ deviceFrom: event.currentTarget.value as SourceSettings["deviceFrom"] })
        }
      />
      {hasSelector(form) && (
        <TextInput
          label={selectors[form.deviceFrom]}
          required
          value={form.deviceSelector}
          onChange={(event) => change({ deviceSelector: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t("Device of records that name none")}
        description={t("Left empty, such records go to the dead letters.")}
        value={form.deviceFallback}
        onChange={(event) => change({ deviceFallback: event.currentTarget.value })}
      />
      <Switch
        label={t("Make devices that are not there")}
        checked={form.autoCreate}
        onChange={(event) => change({ autoCreate: event.currentTarget.checked })}
      />
      {form.autoCreate && (
        <TextInput
          label={t("Profile of new devices")}
          value={form.deviceProfile}
          onChange={(event) => change({ deviceProfile: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function useSave(source: Source | null, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (form: SourceSettings) => post<Source>(sourcesPath, toSend(source, form)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sourcesQuery.queryKey });
      onDone();
    },
  });
}
