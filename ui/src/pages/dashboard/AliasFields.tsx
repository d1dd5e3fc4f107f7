/// What one alias stands for: an entity, a list, all of a kind, or what is related to one.
import { NativeSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import type { Asset, Page } from "../../api/types";
import { nobody } from "../../dashboards/entities";
import type { Alias, AliasFilter } from "../../dashboards/model";
import { DevicePicker } from "./DevicePicker";

interface AliasFieldsProps {
  alias: Alias;
  onChange: (alias: Alias) => void;
}

const levelsMax = 10;
const assetsMax = 1_000;

export function AliasFields({ alias, onChange }: AliasFieldsProps) {
  const { t } = useTranslation();
  const { filter } = alias;
  const change = (part: Partial<AliasFilter>) => onChange({ ...alias, filter: { ...filter, ...part } });
  return (
    <Stack gap="xs">
      <TextInput
        label={t("Name")}
        value={alias.alias}
        onChange={(event) => onChange({ ...alias, alias: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("It stands for")}
        data={[
          { value: "singleEntity", label: t("One device") },
          { value: "entityList", label: t("Some devices") },
          { value: "entityType", label: t("All of a kind") },
          { value: "entityName", label: t("All whose name begins with") },
          { value: "deviceType", label: t("All devices of a profile") },
          { value: "assetType", label: t("All assets of a profile") },
          { value: "relationsQuery", label: t("What is related to an asset or a device") },
        ]}
        value={filter.type}
        onChange={(event) => change({ type: event.currentTarget.value })}
      />
      {filter.type === "singleEntity" && (
        <DevicePicker
          ids={filter.singleEntity ? [filter.singleEntity.id] : []}
          onChange={([id]) => change({ singleEntity: id ? { entityType: "DEVICE", id } : undefined })}
        />
      )}
      {filter.type === "entityList" && (
        <DevicePicker
          isMany
          ids={filter.entityList ?? []}
          onChange={(entityList) => change({ entityList, entityType: "DEVICE" })}
        />
      )}
      {(filter.type === "entityType" || filter.type === "entityName") && (
        <NativeSelect
          label={t("Of what kind")}
          data={[
            { value: "DEVICE", label: t("Devices") },
            { value: "ASSET", label: t("Assets") },
            { value: "ENTITY_VIEW", label: t("Entity views") },
          ]}
          value={filter.entityType ?? "DEVICE"}
          onChange={(event) => change({ entityType: event.currentTarget.value })}
        />
      )}
      {filter.type === "entityName" && (
        <TextInput
          label={t("Beginning of the name")}
          value={filter.entityNameFilter ?? ""}
          onChange={(event) => change({ entityNameFilter: event.currentTarget.value })}
        />
      )}
      {filter.type === "deviceType" && (
        <TextInput
          label={t("Profile")}
          value={filter.deviceTypes?.[0] ?? filter.deviceType ?? ""}
          onChange={(event) => change({ deviceTypes: [event.currentTarget.value], deviceType: undefined })}
        />
      )}
      {filter.type === "assetType" && (
        <TextInput
          label={t("Profile")}
          value={assetTypeOf(filter)}
          onChange={(event) => change({ assetTypes: [event.currentTarget.value] })}
        />
      )}
      {filter.type === "relationsQuery" && <RelationFields filter={filter} onChange={change} />}
    </Stack>
  );
}

interface RelationFieldsProps {
  filter: AliasFilter;
  onChange: (part: Partial<AliasFilter>) => void;
}

/// From where, which way, how far, and over relations of which type.
function RelationFields({ filter, onChange }: RelationFieldsProps) {
  const { t } = useTranslation();
  const root = filter.rootEntity as { entityType: string; id: string } | undefined;
  const isAsset = root?.entityType === "ASSET";
  const assets =
    useQuery({
      queryKey: ["assets", "names"],
      queryFn: ({ signal }) =>
        get<Page<Asset>>("/api/tenant/assetInfos", { pageSize: assetsMax, page: 0 }, signal),
      enabled: isAsset,
    }).data?.data ?? [];
  const [of] = (filter.filters ?? []) as { relationType?: string; entityTypes?: string[] }[];
  const over = (part: { relationType?: string; entityTypes?: string[] }) =>
    onChange({ filters: [{ relationType: "Contains", entityTypes: ["DEVICE"], ...of, ...part }] });
  return (
    <>
      <NativeSelect
        label={t("Beginning at")}
        data={[
          { value: "", label: t("Choose…") },
          { value: "ASSET", label: t("an asset") },
          { value: "DEVICE", label: t("a device") },
          { value: "CURRENT_CUSTOMER", label: t("the customer of whoever looks") },
        ]}
        value={root?.entityType ?? ""}
        onChange={(event) => {
          const entityType = event.currentTarget.value;
          onChange({
            rootEntity: { entityType, id: nobody },
            direction: filter.direction ?? "FROM",
            maxLevel: filter.maxLevel ?? 1,
            filters: filter.filters ?? [{ relationType: "Contains", entityTypes: ["DEVICE"] }],
          });
        }}
      />
      {isAsset && (
        <NativeSelect
          label={t("Asset")}
          data={[
            { value: nobody, label: t("Choose…") },
            ...assets.map(({ id, name }) => ({ value: id.id, label: name })),
          ]}
          value={root?.id}
          onChange={(event) =>
            onChange({ rootEntity: { entityType: "ASSET", id: event.currentTarget.value } })
          }
        />
      )}
      {root?.entityType === "DEVICE" && (
        <DevicePicker
          ids={root.id === nobody ? [] : [root.id]}
          onChange={([id]) => onChange({ rootEntity: { entityType: "DEVICE", id: id ?? nobody } })}
        />
      )}
      <NativeSelect
        label={t("Direction")}
        data={[
          { value: "FROM", label: t("what it relates to") },
          { value: "TO", label: t("what relates to it") },
        ]}
        value={String(filter.direction ?? "FROM")}
        onChange={(event) => onChange({ direction: event.currentTarget.value })}
      />
      <TextInput
        label={t("Relation type")}
        value={of?.relationType ?? "Contains"}
        onChange={(event) => over({ relationType: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("Of what kind")}
        data={[
          { value: "DEVICE", label: t("Devices") },
          { value: "ASSET", label: t("Assets") },
        ]}
        value={of?.entityTypes?.[0] ?? "DEVICE"}
        onChange={(event) => over({ entityTypes: [event.currentTarget.value] })}
      />
      <NumberInput
        label={t("Levels")}
        min={1}
        max={levelsMax}
        value={Number(filter.maxLevel ?? 1)}
        onChange={(level) => onChange({ maxLevel: Math.min(levelsMax, Math.max(1, Number(level) || 1)) })}
      />
    </>
  );
}

function assetTypeOf(filter: AliasFilter): string {
  const [first] = (filter.assetTypes ?? []) as string[];
  return first ?? String(filter.assetType ?? "");
}
