import { ActionIcon, Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { IconRefresh, IconSearch } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordFilter } from "../../api/kafka";
import classes from "./RecordsTab.module.css";

interface RecordSearchProps {
  filter: RecordFilter;
  partitions: number;
  isBusy: boolean;
  onSearch: (filter: RecordFilter) => void;
  onRefresh: () => void;
}

export function RecordSearch({ filter, partitions, isBusy, onSearch, onRefresh }: RecordSearchProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => textsOf(filter));
  const set = (name: keyof Typed) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((old) => ({ ...old, [name]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(parsed(typed));
  };
  const partitionChoices = [
    { value: "", label: t("All") },
    ...Array.from({ length: partitions }, (_, i) => ({ value: String(i), label: String(i) })),
  ];
  const orders = [
    { value: "newest", label: t("Newest first") },
    { value: "oldest", label: t("Oldest first") },
  ];
  return (
    <form onSubmit={submit} className={classes.search} role="search" aria-label={t("Search records")}>
      <NativeSelect label={t("Order")} data={orders} value={typed.order} onChange={set("order")} />
      <NativeSelect
        label={t("Partition")}
        data={partitionChoices}
        value={typed.partition}
        onChange={set("partition")}
      />
      <TextInput
        type="number"
        min={0}
        label={t("From offset")}
        value={typed.offset}
        onChange={set("offset")}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label={t("From time")}
        value={typed.ts}
        onChange={set("ts")}
      />
      <TextInput label={t("Key")} value={typed.key} onChange={set("key")} />
      <TextInput label={t("Contains")} value={typed.contains} onChange={set("contains")} />
      <Group gap={6} wrap="nowrap" className={classes.buttons}>
        <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
          {t("Search")}
        </Button>
        <ActionIcon
          variant="default"
          size={36}
          loading={isBusy}
          onClick={onRefresh}
          aria-label={t("Read again")}
          title={t("Read again")}
        >
          <IconRefresh size={18} />
        </ActionIcon>
      </Group>
    </form>
  );
}

type Typed = Record<"order" | "partition" | "offset" | "ts" | "key" | "contains", string>;

function textsOf({ order, partition, offset, ts, key, contains }: RecordFilter): Typed {
  return {
    order,
    partition: String(partition ?? ""),
    offset: String(offset ?? ""),
    ts: ts === undefined ? "" : localTime(ts),
    key: key ?? "",
    contains: contains ?? "",
  };
}

function parsed({ order, partition, offset, ts, key, contains }: Typed): RecordFilter {
  return {
    ...(partition !== "" && { partition: Number(partition) }),
    ...(offset !== "" && { offset: Number(offset) }),
    ...(ts !== "" && { ts: new Date(ts).getTime() }),
    ...(key !== "" && { key }),
    ...(contains !== "" && { contains }),
    order: order === "oldest" ? "oldest" : "newest",
  };
}

// As the browser's own date field writes it: local time, to the second.
function localTime(ts: number): string {
  const shifted = ts - new Date(ts).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 19);
}
