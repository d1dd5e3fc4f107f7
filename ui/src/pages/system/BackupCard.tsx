/// A backup of everything while it runs: begin one, watch it, see those that are there.
import "@mantine/core/styles/Progress.css";
import { Alert, Button, Group, Progress, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, post } from "../../api/http";
import { notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { bytesText } from "../../text/amounts";
import { Part } from "./Part";

interface Backup {
  state: "NONE" | "RUNNING" | "DONE" | "FAILED";
  folder: string;
  doneBytes: number;
  totalBytes: number;
  endedTime: number;
  error: string;
  files: { name: string; bytes: number; createdTime: number }[];
}

const backupQuery = {
  queryKey: ["backup"],
  queryFn: () => get<Backup>("/api/millrace/backup"),
  refetchInterval: (query: { state: { data?: Backup } }) =>
    query.state.data?.state === "RUNNING" ? 500 : 10_000,
};

export function BackupCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(backupQuery);
  const begin = useMutation({
    mutationFn: () => post<Backup>("/api/millrace/backup"),
    onSuccess: (state) => queries.setQueryData(["backup"], state),
    onError: notifyFailed,
  });
  return (
    <Part title={t("Backup")}>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={1} />}
      {data && (
        <Stack gap="sm">
          <Group justify="space-between">
            <Text size="sm" className="faint" style={{ overflowWrap: "anywhere" }}>
              {t("Everything of this moment in one file, in {{folder}} on the server.", {
                folder: data.folder,
                interpolation: { escapeValue: false },
              })}
            </Text>
            <Button
              size="xs"
              loading={begin.isPending}
              disabled={data.state === "RUNNING"}
              onClick={() => begin.mutate()}
            >
              {t("Back up now")}
            </Button>
          </Group>
          <Course backup={data} />
          {data.files.length > 0 && <Files backup={data} />}
        </Stack>
      )}
    </Part>
  );
}

function Course({ backup }: { backup: Backup }) {
  const { t, i18n } = useTranslation();
  if (backup.state === "RUNNING") {
    const percent = backup.totalBytes > 0 ? Math.floor((100 * backup.doneBytes) / backup.totalBytes) : 0;
    return (
      <Group gap="sm" wrap="nowrap">
        <Progress style={{ flex: 1 }} value={percent} animated aria-label={t("Progress of the backup")} />
        <Text size="sm" className="numbers" role="status">
          {t("{{percent}} % of {{bytes}}", { percent, bytes: bytesText(backup.totalBytes, i18n.language) })}
        </Text>
      </Group>
    );
  }
  if (backup.state === "FAILED") {
    return (
      <Alert color="red" title={t("The last backup failed")}>
        {backup.error}
      </Alert>
    );
  }
  return backup.state === "DONE" ? (
    <Text size="sm" role="status">
      {t("Backed up at {{time}}.", { time: new Date(backup.endedTime).toLocaleString(i18n.language) })}
    </Text>
  ) : null;
}

function Files({ backup }: { backup: Backup }) {
  const { t, i18n } = useTranslation();
  return (
    <Table aria-label={t("Backups")} verticalSpacing={3}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("File")}</Table.Th>
          <Table.Th>{t("Size")}</Table.Th>
          <Table.Th>{t("Made")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {backup.files.map((file) => (
          <Table.Tr key={file.name}>
            <Table.Td>
              <code>{file.name}</code>
            </Table.Td>
            <Table.Td className="numbers">{bytesText(file.bytes, i18n.language)}</Table.Td>
            <Table.Td className="numbers">
              {new Date(file.createdTime).toLocaleString(i18n.language)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
