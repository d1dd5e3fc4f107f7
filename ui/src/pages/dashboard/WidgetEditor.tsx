/// Adds a widget or changes one: which, of what, how it looks. Changes show at once behind the drawer.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import { Drawer, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { pairKey, type Resolved } from "../../dashboards/entities";
import {
  aliasesOf,
  type Dashboard,
  type StoredWidget,
  widgetsOf,
  withAlias,
  withChangedWidget,
  withWidget,
} from "../../dashboards/model";
import { ownPrefix, widgetNameOf } from "../../dashboards/thingsboard";
import { descriptors, settingOf, type WidgetDescriptor } from "../../widgets";
import { SettingField } from "./SettingField";
import { SourceFields } from "./SourceFields";
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
  const shown = (widget?.config.datasources ?? []).flatMap(
    ({ entityAliasId, filterId }) => resolved.get(pairKey(entityAliasId ?? "", filterId))?.entities ?? [],
  );
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
              entities={shown}
              image={widget.config.settings?.image ?? widget.config.settings?.mapImageUrl}
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
