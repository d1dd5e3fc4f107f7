import { ActionIcon, Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function CopyButton({ text, hasLabel = false }: { text: string; hasLabel?: boolean }) {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard({ timeout: 1_500 });
  const label = copied ? t("Copied") : t("Copy");
  const icon = copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />;
  return hasLabel ? (
    <Button size="xs" variant="default" leftSection={icon} onClick={() => copy(text)} aria-live="polite">
      {label}
    </Button>
  ) : (
    <ActionIcon variant="subtle" color="gray" onClick={() => copy(text)} aria-label={label} title={label}>
      {icon}
    </ActionIcon>
  );
}
