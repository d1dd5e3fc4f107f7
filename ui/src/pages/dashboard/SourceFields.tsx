/// Whose values a widget shows: alias, filter and keys, and how a value is written.
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import { Group, NativeSelect, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import type { Resolved } from "../../dashboards/entities";
import {
  aliasesOf,
  type Dashboard,
  type Datasource,
  filtersOf,
  type StoredWidget,
} from "../../dashboards/model";
import { DevicePicker } from "./DevicePicker";

interface SourceFieldsProps {
  widget: StoredWidget;
  dashboard: Dashboard;
  resolved: ReadonlyMap<string, Resolved>;
  onWidget: (widget: StoredWidget) => void;
  /// A device that no alias stands for yet.
  onDevice: (id: string, name: string) => void;
}

export function SourceFields({ widget, dashboard, resolved, onWidget, onDevice }: SourceFieldsProps) {
  const { t } = useTranslation();
  const source = widget.config.datasources?.[0];
  const aliasId = source?.entityAliasId ?? "";
  const keys = source?.dataKeys ?? [];
  const filters = filtersOf(dashboard);
  const set = (part: Partial<Datasource>) =>
    onWidget({
      ...widget,
      config: {
        ...widget.config,
        datasources: [
          { type: "entity", dataKeys: [], ...source, ...part },
          ...(widget.config.datasources?.slice(1) ?? []),
        ],
      },
    });
  const first = resolved.get(aliasId)?.entities[0];
  const known = useQuery({
    queryKey: ["device", first?.id, "keys"],
    queryFn: ({ signal }) =>
      get<string[]>(`/api/plugins/telemetry/${first?.entityType}/${first?.id}/keys/timeseries`, {}, signal),
    enabled: first !== undefined,
  }).data;
  const look = keys[0];
  return (
    <>
      <NativeSelect
        label={t("Of")}
        value={aliasId}
        data={[
          { value: "", label: t("Choose a device…") },
          ...aliasesOf(dashboard).map(({ id, alias }) => ({ value: id, label: alias })),
        ]}
        onChange={(event) => set({ entityAliasId: event.currentTarget.value })}
      />
      {filters.length > 0 && (
        <NativeSelect
          label={t("Only those that pass")}
          value={source?.filterId ?? ""}
          data={[
            { value: "", label: t("No filter") },
            ...filters.map(({ id, filter }) => ({ value: id, label: filter })),
          ]}
          onChange={(event) => set({ filterId: event.currentTarget.value || null })}
        />
      )}
      {aliasId === "" && <NewDevice onChoose={onDevice} />}
      <TagsInput
        label={t("Keys")}
        description={t("Time series keys, in the order in which they are shown.")}
        data={known ?? []}
        value={keys.map(({ name }) => name)}
        onChange={(names) =>
          set({
            dataKeys: names.map(
              (name) => keys.find((key) => key.name === name) ?? { name, type: "timeseries", label: name },
            ),
          })
        }
      />
      {look && (
        <Group grow gap="xs">
          <TextInput
            label={t("Unit")}
            value={look.units ?? ""}
            onChange={(event) => {
              const units = event.currentTarget.value;
              set({ dataKeys: keys.map((key) => ({ ...key, units })) });
            }}
          />
          <TextInput
            type="number"
            min={0}
            max={10}
            label={t("Decimals")}
            value={look.decimals ?? ""}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              const decimals = typed === "" ? null : Math.min(10, Math.max(0, Math.round(Number(typed))));
              set({ dataKeys: keys.map((key) => ({ ...key, decimals })) });
            }}
          />
        </Group>
      )}
    </>
  );
}

function NewDevice({ onChoose }: { onChoose: (id: string, name: string) => void }) {
  return <DevicePicker ids={[]} onChange={([id], [name] = []) => id && onChoose(id, name ?? id)} />;
}
