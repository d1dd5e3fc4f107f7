/// A form in a dialog: fields, what went wrong, and the two buttons.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface FormDialogProps {
  title: string;
  onClose: () => void;
  onSubmit: () => void;
  /// Everything that is required is there.
  isComplete: boolean;
  saving: { isPending: boolean; error: Error | null };
  submitLabel?: string;
  size?: string;
  children: ReactNode;
}

export function FormDialog({
  title,
  onClose,
  onSubmit,
  isComplete,
  saving,
  submitLabel,
  size = "md",
  children,
}: FormDialogProps) {
  const { t } = useTranslation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete && !saving.isPending) onSubmit();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ "aria-label": t("Close") }}>
      <form onSubmit={submit}>
        <Stack>
          {children}
          {saving.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {saving.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("Cancel")}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!isComplete}>
              {submitLabel ?? t("Save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
