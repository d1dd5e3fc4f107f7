/// Export and import of one path, and what the database takes.
import "@mantine/core/styles/Progress.css";
import { Button, FileButton, Group, Progress, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { exportUrl, importFile, pathUrl, readUsage } from "../../api/realtime";
import { notifyDone, notifyFailed } from "../../shell/notify";

interface TreeToolsProps {
  origin: string;
  database: string;
  path: string;
}

export function TreeTools({ origin, database, path }: TreeToolsProps) {
  const { t } = useTranslation();
  const url = pathUrl(origin, database, path);
  const [isBusy, setBusy] = useState(false);
  const usage = useQuery({
    queryKey: ["realtime-usage", origin, database],
    queryFn: () => readUsage(origin, database),
    refetchInterval: isBusy ? 500 : 5_000,
    retry: false,
  });
  const save = async () => {
    const name = `${database}${path === "/" ? "" : path.replaceAll("/", "-")}.json`;
    const link = document.createElement("a");
    link.href = await exportUrl(url, name);
    link.download = name;
    link.click();
  };
  const load = async (file: File | null) => {
    if (!file || !confirm(t("Replace everything at {{path}} by {{file}}?", { path, file: file.name })))
      return;
    setBusy(true);
    try {
      await importFile(url, file);
      await notifyDone(t("{{file}} is imported.", { file: file.name }));
    } catch (failure) {
      await notifyFailed(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Group gap="xs">
      {usage.data?.imports.map((one) => (
        <ImportProgress key={one.path} {...one} />
      ))}
      {usage.data && (
        <Text size="xs" className="faint">
          {t("{{mb}} MB in memory, {{listeners}} listeners", {
            mb: (usage.data.bytes / 1_048_576).toFixed(1),
            listeners: usage.data.listeners,
          })}
        </Text>
      )}
      <Button size="xs" variant="default" onClick={() => void save()}>
        {t("Export JSON")}
      </Button>
      <FileButton accept="application/json,.json" onChange={(file) => void load(file)}>
        {(props) => (
          <Button size="xs" variant="default" loading={isBusy} {...props}>
            {t("Import JSON")}
          </Button>
        )}
      </FileButton>
    </Group>
  );
}

interface ImportProgressProps {
  path: string;
  bytesRead: number;
  bytes: number;
}

function ImportProgress({ path, bytesRead, bytes }: ImportProgressProps) {
  const { t } = useTranslation();
  const mb = (count: number) => (count / 1_048_576).toFixed(1);
  return (
    <Group gap={6} role="status">
      <Progress
        w={120}
        value={bytes > 0 ? (100 * bytesRead) / bytes : 100}
        animated={bytes < 0}
        aria-label={path}
      />
      <Text size="xs">
        {bytes > 0
          ? t("{{path}}: {{done}} of {{all}} MB read", { path, done: mb(bytesRead), all: mb(bytes) })
          : t("{{path}}: {{done}} MB read", { path, done: mb(bytesRead) })}
      </Text>
    </Group>
  );
}
