import { Text } from "@mantine/core";
import { IconBroadcast } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { KafkaRecord } from "../../api/kafka";
import { Empty } from "../../shell/PageState";
import { clockText, idOf, valueLine } from "./recordText";
import classes from "./TailList.module.css";

const rowHeight = 30;

interface TailListProps {
  topic: string;
  records: KafkaRecord[];
  /// Takes the height of what it stands in, instead of a height of its own.
  isFilling?: boolean;
}

/// Records in a box of their own that draws only the rows in sight.
export function TailList({ topic, records, isFilling = false }: TailListProps) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: records.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  return (
    <section
      ref={box}
      className={classes.list}
      data-filling={isFilling || undefined}
      aria-label={t("Records as they come")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {records.length === 0 && (
        <Empty icon={<IconBroadcast size={36} />} title={t("Waiting for records")}>
          <Text size="sm" className="faint">
            {t("They appear here the moment they are written to the topic.")}
          </Text>
        </Empty>
      )}
      <div className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Row
            key={index}
            topic={topic}
            record={records[index] as KafkaRecord}
            start={start}
            language={i18n.language}
          />
        ))}
      </div>
    </section>
  );
}

interface RowProps {
  topic: string;
  record: KafkaRecord;
  start: number;
  language: string;
}

const Row = memo(({ topic, record, start, language }: RowProps) => (
  <Link
    to="/streams/topics/$topic"
    params={{ topic }}
    search={{ at: idOf(record) }}
    preload={false}
    className={classes.row}
    style={{ transform: `translateY(${start}px)` }}
  >
    <span>{clockText(record.timestamp, language)}</span>
    <span className={classes.place}>
      {record.partition}·{record.offset}
    </span>
    <span>{record.key ?? "∅"}</span>
    <span className={classes.value}>{valueLine(record)}</span>
  </Link>
));
