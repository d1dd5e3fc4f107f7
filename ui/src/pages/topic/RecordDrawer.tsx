import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import { Card, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type KafkaRecord, recordsQuery } from "../../api/kafka";
import { Failure, RowsLoading } from "../../shell/PageState";
import { bytesText } from "../../text/amounts";
import { CopyButton } from "../../text/CopyButton";
import { JsonView } from "../../text/JsonView";
import { exact } from "../../text/Time";
import classes from "./RecordsTab.module.css";
import { idOf, placeOf } from "./recordText";

interface RecordDrawerProps {
  topic: string;
  /// Partition and offset, as in the address; null when closed.
  at: string | null;
  /// Records that are already here.
  known: KafkaRecord[];
  onClose: () => void;
}

/// One record as a whole.
export function RecordDrawer({ topic, at, known, onClose }: RecordDrawerProps) {
  const { t } = useTranslation();
  const place = at === null ? null : placeOf(at);
  const here = known.find((record) => idOf(record) === at);
  const { partition = 0, offset = 0 } = place ?? {};
  const read = useInfiniteQuery({
    ...recordsQuery(topic, { partition, offset, order: "oldest" }),
    enabled: place !== null && !here,
  });
  const record = here ?? read.data?.pages[0]?.records.find((each) => idOf(each) === at);
  return (
    <Drawer
      opened={at !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={place && t("Record {{offset}} of partition {{partition}}", place)}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      {read.error && <Failure error={read.error} onRetry={read.refetch} />}
      {!record && read.isLoading && <RowsLoading rows={3} />}
      {!record && read.data && <Text>{t("This record is not in the topic, or no longer.")}</Text>}
      {record && <RecordDetail record={record} />}
    </Drawer>
  );
}

export function RecordDetail({ record }: { record: KafkaRecord }) {
  const { t, i18n } = useTranslation();
  const { key, value, valueType, timestamp, headers, sizeBytes } = record;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <Stack gap="md">
      <dl className={classes.facts}>
        <dt>{t("Time")}</dt>
        <dd>{exact(new Date(timestamp), i18n.language)}</dd>
        <dt>{t("Key")}</dt>
        <dd>{key ?? <span className="faint">{t("none")}</span>}</dd>
        <dt>{t("Size")}</dt>
        <dd>{bytesText(sizeBytes, i18n.language)}</dd>
        {headers.map((header) => (
          <Header key={`${header.key} ${header.value}`} name={header.key} value={header.value} />
        ))}
      </dl>
      <Card withBorder padding="sm">
        <Group justify="space-between" mb={4}>
          <Title order={3} size="h6">
            {t("Value")}{" "}
            <Text span size="xs" className="faint">
              {valueType}
            </Text>
          </Title>
          <CopyButton text={text} />
        </Group>
        <JsonView value={value} />
      </Card>
    </Stack>
  );
}

function Header({ name, value }: { name: string; value: string | null }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value ?? "∅"}</dd>
    </>
  );
}
