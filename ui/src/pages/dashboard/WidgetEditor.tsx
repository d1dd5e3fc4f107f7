/// Adds a widget or changes one: which, of what, how it looks. Changes show at once behind the drawer.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import {
  Drawer,
  Group,
  NativeSelect,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import type { Json } from "../../api/types";
import type { Resolved } from "../../dashboards/entities";
import {
  aliasesOf,
  type Dashboard,
  type DataKey,
  type StoredWidget,
  widgetsOf,
  withAlias,
  withChangedWidget,
  withWidget,
} from "../../dashboards/model";
import { ownPrefix, widgetNameOf } from "../../dashboards/thingsboard";
import { descriptors, settingOf, type WidgetDescriptor } from "../../widgets";
import type { WidgetSetting } from "../../widgets/widget";
import { DevicePicker } from "./DevicePicker";
import classes from "./WidgetEditor.module.css";

interface WidgetEditorProps {
  /// Null for a new one.
  id: string | null;
  state: string;
  dashboard: Dashboard;
  resolved: ReadonlyMap<string, Resolved>;
  onChange: (change: (dashboard: Dashboard) => Dashboard, kind?: string) => void;
  onClose: () => void;
}

export function WidgetEditor({
  id: openedId,
  state,
  dashboard,
  resolved,
  onChange,
  onClose,
}: WidgetEditorProps) {
  const { t } = useTranslation();
  const [id, setId] = useState(openedId);
  const widget = id === null ? undefined : widgetsOf(dashboard)[id];
  const name = widget ? widgetNameOf(widget) : null;
  const descriptor = name === null ? undefined : descriptors.get(name);
  const add = (widgetName: string, of: WidgetDescriptor) => {
    const made = crypto.randomUUID();
    const [alias] = aliasesOf(dashboard);
    const datasources =
      of.shows === "nothing" || !alias ? [] : [{ type: "entity", entityAliasId: alias.id, dataKeys: [] }];
    onChange((old) =>
      withWidget(
        old,
        made,
        {
          typeFullFqn: ownPrefix + widgetName,
          type: "latest",
          config: { title: t(of.title), datasources, settings: {} },
        },
        of.size ?? { w: 8, h: 5 },
        state,
      ),
    );
    setId(made);
  };
  const change = (next: StoredWidget, kind: string) =>
    id !== null && onChange((old) => withChangedWidget(old, id, next), `${id} ${kind}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      overlayProps={{ backgroundOpacity: 0.15 }}
      title={widget ? t("Change the widget") : t("Add a widget")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      {!widget && <Catalogue onChoose={add} />}
      {widget && id !== null && (
        <Stack>
          <TextInput
            label={t("Title")}
            value={widget.config.title ?? ""}
            onChange={(event) =>
              change({ ...widget, config: { ...widget.config, title: event.currentTarget.value } }, "title")
            }
          />
          {descriptor && descriptor.shows !== "nothing" && (
            <SourceFields
              widget={widget}
              dashboard={dashboard}
              resolved={resolved}
              onWidget={(next) => change(next, "source")}
              onDevice={(deviceId, deviceName) => onChange((old) => ofDevice(old, id, deviceId, deviceName))}
            />
          )}
          {descriptor?.settings?.map((setting) => (
            <SettingField
              key={setting.name}
              setting={setting}
              value={settingOf(widget.config.settings, setting)}
              onChange={(value) =>
                change(
                  {
                    ...widget,
                    config: {
                      ...widget.config,
                      settings: { ...widget.config.settings, [setting.name]: value },
                    },
                  },
                  setting.name,
                )
              }
            />
          ))}
        </Stack>
      )}
    </Drawer>
  );
}

function Catalogue({ onChoose }: { onChoose: (name: string, descriptor: WidgetDescriptor) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const found = [...descriptors].filter(
    ([, { shows, title, summary }]) =>
      shows !== undefined && `${t(title)} ${t(summary)}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <Stack gap="xs">
      <TextInput
        type="search"
        data-autofocus
        aria-label={t("Find a widget")}
        placeholder={t("Find a widget…")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {found.map(([name, descriptor]) => (
        <UnstyledButton key={name} className={classes.choice} onClick={() => onChoose(name, descriptor)}>
          <descriptor.icon size={26} stroke={1.5} aria-hidden />
          <span>
            <Text component="span" display="block" size="sm" fw={600}>
              {t(descriptor.title)}
            </Text>
            <Text component="span" display="block" size="xs" className="faint">
              {t(descriptor.summary)}
            </Text>
          </span>
        </UnstyledButton>
      ))}
    </Stack>
  );
}

interface SourceFieldsProps {
  widget: StoredWidget;
  dashboard: Dashboard;
  resolved: ReadonlyMap<string, Resolved>;
  onWidget: (widget: StoredWidget) => void;
  /// A device that no alias stands for yet.
  onDevice: (id: string, name: string) => void;
}

function SourceFields({ widget, dashboard, resolved, onWidget, onDevice }: SourceFieldsProps) {
  const { t } = useTranslation();
  const source = widget.config.datasources?.[0];
  const aliasId = source?.entityAliasId ?? "";
  const keys = source?.dataKeys ?? [];
  const set = (part: { entityAliasId?: string; dataKeys?: DataKey[] }) =>
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

/// An alias for the device, made on the way.
function ofDevice(dashboard: Dashboard, id: string, deviceId: string, name: string): Dashboard {
  const widget = widgetsOf(dashboard)[id];
  if (!widget) return dashboard;
  const alias = {
    id: deviceId,
    alias: name,
    filter: { type: "singleEntity", singleEntity: { entityType: "DEVICE", id: deviceId } },
  };
  const [source, ...others] = widget.config.datasources ?? [];
  const datasources = [{ type: "entity", dataKeys: [], ...source, entityAliasId: alias.id }, ...others];
  return withChangedWidget(withAlias(dashboard, alias), id, {
    ...widget,
    config: { ...widget.config, datasources },
  });
}

interface SettingFieldProps {
  setting: WidgetSetting;
  value: Json;
  onChange: (value: Json) => void;
}

function SettingField({ setting: { label, type, choices = [], hint }, value, onChange }: SettingFieldProps) {
  const { t } = useTranslation();
  const shared = { label: t(label), ...(hint && { description: t(hint) }) };
  const text = value === null ? "" : String(value);
  if (type === "boolean")
    return (
      <Switch
        {...shared}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (type === "choice")
    return (
      <NativeSelect
        {...shared}
        data={choices}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (type === "long-text")
    return (
      <Textarea
        {...shared}
        autosize
        minRows={4}
        maxRows={16}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (type === "number")
    return (
      <TextInput
        {...shared}
        type="number"
        step="any"
        value={text}
        onChange={(event) =>
          onChange(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))
        }
      />
    );
  return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}
