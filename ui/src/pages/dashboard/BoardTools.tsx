/// What can be done with a dashboard as a whole.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { ActionIcon, Button, Group, Menu, NativeSelect, Popover, Stack, TextInput } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCalendar,
  IconDeviceFloppy,
  IconDots,
  IconDownload,
  IconMaximize,
  IconPencil,
  IconPlus,
  IconTags,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post, remove } from "../../api/http";
import type { Json } from "../../api/types";
import { isLive, liveWindows, rangeOf, type TimeWindow, windowText } from "../../dashboards/timeWindow";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { download } from "../../text/download";
import type { BoardEditor } from "./useBoard";

interface BoardToolsProps {
  editor: BoardEditor;
  isEditing: boolean;
  onEdit: (edit: boolean) => void;
  window: TimeWindow;
  onWindow: (window: TimeWindow) => void;
  onAdd: () => void;
  onAliases: () => void;
}

export function BoardTools(props: BoardToolsProps) {
  const { editor, isEditing, onEdit, window, onWindow } = props;
  const { t } = useTranslation();
  return (
    <>
      <WindowPicker window={window} onChange={onWindow} />
      {isEditing ? (
        <EditTools {...props} />
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => onEdit(true)}
        >
          {t("Edit")}
        </Button>
      )}
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t("Full screen")}
        onClick={() => void document.getElementById("page")?.requestFullscreen()}
      >
        <IconMaximize size={16} />
      </ActionIcon>
      <MoreMenu editor={editor} />
    </>
  );
}

function EditTools({ editor, onEdit, onAdd, onAliases }: BoardToolsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={6}>
      <Button size="xs" variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
        {t("Add a widget")}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTags size={16} aria-hidden />}
        onClick={onAliases}
      >
        {t("Aliases")}
      </Button>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t("Undo")}
        disabled={!editor.canUndo}
        onClick={editor.undo}
      >
        <IconArrowBackUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t("Redo")}
        disabled={!editor.canRedo}
        onClick={editor.redo}
      >
        <IconArrowForwardUp size={16} />
      </ActionIcon>
      <Button
        size="xs"
        leftSection={<IconDeviceFloppy size={16} aria-hidden />}
        disabled={!editor.isChanged}
        loading={editor.isSaving}
        onClick={editor.save}
      >
        {t("Save")}
      </Button>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          if (editor.isChanged) {
            editor.discard();
            void notifyDone(t("What was not saved is taken back."), async () => {
              editor.undo();
              onEdit(true);
            });
          }
          onEdit(false);
        }}
      >
        {editor.isChanged ? t("Discard") : t("Done")}
      </Button>
    </Group>
  );
}

function WindowPicker({ window, onChange }: { window: TimeWindow; onChange: (window: TimeWindow) => void }) {
  const { t } = useTranslation();
  const { fromTs, untilTs } = rangeOf(window);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const chosen = { fromTs: Date.parse(from || local(fromTs)), untilTs: Date.parse(until || local(untilTs)) };
  const isSound = chosen.fromTs < chosen.untilTs;
  return (
    <Group gap={4} wrap="nowrap">
      <NativeSelect
        size="xs"
        aria-label={t("Time window")}
        value={isLive(window) ? windowText(window) : "history"}
        data={[
          ...Object.keys(liveWindows).map((name) => ({ value: name, label: t("Last {{name}}", { name }) })),
          ...(isLive(window) ? [] : [{ value: "history", label: t("From … to …") }]),
        ]}
        onChange={(event) => onChange({ liveMs: liveWindows[event.currentTarget.value] ?? 900_000 })}
      />
      <Popover trapFocus position="bottom-end" withArrow>
        <Popover.Target>
          <ActionIcon variant="default" size={30} aria-label={t("Choose from when to when")}>
            <IconCalendar size={16} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("Choose from when to when")}>
          <Stack gap="xs">
            <TextInput
              type="datetime-local"
              label={t("From")}
              value={from || local(fromTs)}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="datetime-local"
              label={t("To")}
              value={until || local(untilTs)}
              error={!isSound && t("This must be later than the beginning.")}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
            <Button size="xs" disabled={!isSound} onClick={() => onChange(chosen)}>
              {t("Show")}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}

function MoreMenu({ editor }: { editor: BoardEditor }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { dashboard } = editor;
  const { id: _id, version: _version, ...content } = dashboard;
  const refresh = () => queries.invalidateQueries({ queryKey: ["dashboards"] });
  const erase = async () => {
    await remove(`/api/dashboard/${dashboard.id?.id}`);
    await navigate({ to: "/dashboards" });
    await refresh();
    await notifyDone(t("{{name}} is deleted.", { name: dashboard.title }), async () => {
      await post("/api/dashboard", content);
      await refresh();
    });
  };
  const rename = () => {
    const title = prompt(t("Name of the dashboard"), dashboard.title)?.trim();
    if (title) editor.change((old) => ({ ...old, title }));
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t("More for this dashboard")}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconDownload size={16} />}
          onClick={() => download(`${dashboard.title}.json`, content as Json)}
        >
          {t("Export")}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={rename}>
          {t("Rename")}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => void erase().catch(notifyFailed)}>
          {t("Delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/// As a field of date and time wants it, in the reader's zone.
function local(ts: number): string {
  const date = new Date(ts);
  return new Date(ts - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
