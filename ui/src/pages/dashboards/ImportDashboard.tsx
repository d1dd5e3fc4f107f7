/// Makes a dashboard of a file or a pasted text of Millrace or ThingsBoard, and names what cannot be shown.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Alert, Button, FileButton, Group, List, Modal, Stack, Text, Textarea } from "@mantine/core";
import "@mantine/core/styles/List.css";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconUpload } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { widgetsOf } from "../../dashboards/model";
import { useSaveDashboard } from "../../dashboards/queries";
import { type Imported, imported } from "../../dashboards/thingsboard";

export function ImportDashboard() {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconUpload size={18} aria-hidden />} onClick={dialog.open}>
        {t("Import a dashboard")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t("Import a dashboard")}
        closeButtonProps={{ "aria-label": t("Close") }}
      >
        {isOpen && <ImportForm />}
      </Modal>
    </>
  );
}

function ImportForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [pasted, setPasted] = useState("");
  const [read, setRead] = useState<Imported | null>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const save = useSaveDashboard(({ id }) => {
    if (id) void navigate({ to: "/dashboards/$dashboardId", params: { dashboardId: id.id } });
  });
  const take = (text: string) => {
    try {
      setRead(imported(JSON.parse(text)));
      setMistake(null);
    } catch (failure) {
      setRead(null);
      setMistake(failure instanceof SyntaxError ? t("This is not JSON.") : (failure as Error).message);
    }
  };
  return (
    <Stack>
      <Group>
        <FileButton accept="application/json,.json" onChange={(file) => void file?.text().then(take)}>
          {(button) => (
            <Button {...button} variant="default" leftSection={<IconUpload size={18} aria-hidden />}>
              {t("Choose a file")}
            </Button>
          )}
        </FileButton>
      </Group>
      <Textarea
        label={t("Or paste an export")}
        rows={6}
        spellCheck={false}
        value={pasted}
        onChange={(event) => {
          setPasted(event.currentTarget.value);
          if (event.currentTarget.value.trim() !== "") take(event.currentTarget.value);
        }}
      />
      {(mistake ?? save.error) && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert">
          {mistake ?? save.error?.message}
        </Alert>
      )}
      {read && <Report read={read} />}
      <Group justify="flex-end">
        <Button disabled={!read} loading={save.isPending} onClick={() => read && save.mutate(read.dashboard)}>
          {t("Import")}
        </Button>
      </Group>
    </Stack>
  );
}

function Report({ read: { dashboard, unknown } }: { read: Imported }) {
  const { t } = useTranslation();
  const count = Object.keys(widgetsOf(dashboard)).length;
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {dashboard.title}
      </Text>
      <Text size="sm">
        {t("{{shown}} of {{count}} widgets can be shown.", { shown: count - unknown.length, count })}
      </Text>
      {unknown.length > 0 && (
        <>
          <Text size="sm">{t("These keep their place, but nothing here shows them yet:")}</Text>
          <List size="sm">
            {unknown.map(({ title, type }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike
              <List.Item key={i}>
                {title} <code>{type}</code>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </div>
  );
}
