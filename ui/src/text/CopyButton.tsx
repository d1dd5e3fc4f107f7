import { ActionIcon, Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "./copyText";

export function CopyButton({ text, hasLabel = false }: { text: string; hasLabel?: boolean }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => void copyText(text).then(setCopied, () => setCopied(false));
  const label = copied ? t("Copied") : t("Copy");
  const icon = copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />;
  return hasLabel ? (
    <Button size="xs" variant="default" leftSection={icon} onClick={copy} aria-live="polite">
      {label}
    </Button>
  ) : (
    <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={label} title={label}>
      {icon}
    </ActionIcon>
  );
}
