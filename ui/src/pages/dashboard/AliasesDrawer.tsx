/// Names for entities that widgets use, so that one change of an alias moves the whole dashboard to another device.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import "@mantine/core/styles/Fieldset.css";
import { Button, Drawer, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Resolved } from "../../dashboards/entities";
import { type Alias, aliasesOf, type Dashboard, withAlias, withoutAlias } from "../../dashboards/model";
import { DevicePicker } from "./DevicePicker";

interface AliasesDrawerProps {
  dashboard: Dashboard;
  resolved: ReadonlyMap<string, Resolved>;
  onChange: (change: (dashboard: Dashboard) => Dashboard, kind?: string) => void;
  onClose: () => void;
}

export function AliasesDrawer({ dashboard, resolved, onChange, onClose }: AliasesDrawerProps) {
  const { t } = useTranslation();
  const set = (alias: Alias) => onChange((old) => withAlias(old, alias), `alias ${alias.id}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t("Aliases")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <Stack>
        {aliasesOf(dashboard).map((alias) => (
          <Fieldset key={alias.id} legend={alias.alias || t("New alias")}>
            <AliasFields alias={alias} onChange={set} />
            <Group justify="space-between" mt="xs">
              <Text size="sm" className="faint" role="status">
                {resolved.get(alias.id)?.error?.message ??
                  t("{{count}} entities", { count: resolved.get(alias.id)?.entities.length ?? 0 })}
              </Text>
              <Button
                size="xs"
                variant="default"
                onClick={() => onChange((old) => withoutAlias(old, alias.id))}
              >
                {t("Delete")}
              </Button>
            </Group>
          </Fieldset>
        ))}
        <Button
          variant="light"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            set({
              id: crypto.randomUUID(),
              alias: t("New alias"),
              filter: { type: "entityType", entityType: "DEVICE" },
            })
          }
        >
          {t("Add an alias")}
        </Button>
      </Stack>
    </Drawer>
  );
}

function AliasFields({ alias, onChange }: { alias: Alias; onChange: (alias: Alias) => void }) {
  const { t } = useTranslation();
  const { filter } = alias;
  const change = (part: Partial<Alias["filter"]>) => onChange({ ...alias, filter: { ...filter, ...part } });
  const kind = (
    <NativeSelect
      label={t("Of what kind")}
      data={[
        { value: "DEVICE", label: t("Devices") },
        { value: "ASSET", label: t("Assets") },
      ]}
      value={filter.entityType ?? "DEVICE"}
      onChange={(event) => change({ entityType: event.currentTarget.value })}
    />
  );
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
      {(filter.type === "entityType" || filter.type === "entityName") && kind}
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
    </Stack>
  );
}
