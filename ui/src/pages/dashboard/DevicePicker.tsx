/// One device or some, found by name.
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import "@mantine/core/styles/InlineInput.css";
import { MultiSelect, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { devicesQuery } from "../../api/queries";

interface DevicePickerProps {
  ids: string[];
  isMany?: boolean;
  /// Their names in the same order.
  onChange: (ids: string[], names: string[]) => void;
}

export function DevicePicker({ ids, isMany = false, onChange }: DevicePickerProps) {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery({ ...devicesQuery(""), refetchInterval: false });
  const known = data?.pages.flatMap((page) => page.data) ?? [];
  const options = known.map(({ id, name }) => ({ value: id.id, label: name }));
  for (const id of ids)
    if (!options.some(({ value }) => value === id)) options.push({ value: id, label: id });
  const nameOf = (id: string) => options.find(({ value }) => value === id)?.label ?? id;
  const change = (chosen: string[]) => onChange(chosen, chosen.map(nameOf));
  const shared = { data: options, searchable: true, nothingFoundMessage: t("Nothing has that name") };
  return isMany ? (
    <MultiSelect label={t("Devices")} {...shared} value={ids} onChange={change} />
  ) : (
    <Select
      label={t("Device")}
      {...shared}
      value={ids[0] ?? null}
      onChange={(id) => change(id ? [id] : [])}
    />
  );
}
