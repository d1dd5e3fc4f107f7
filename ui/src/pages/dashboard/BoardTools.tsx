/// What can be done with a dashboard as a whole.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceFloppy,
  IconDots,
  IconDownload,
  IconFilter,
  IconLink,
  IconMaximize,
  IconPencil,
  IconPlus,
  IconTags,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { post, remove } from "../../api/http";
import type { Json } from "../../api/types";
import type { Resolved } from "../../dashboards/entities";
import type { TimeWindow } from "../../dashboards/timeWindow";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { download } from "../../text/download";
import { PublicLink } from "./PublicLink";
import type { BoardEditor } from "./useBoard";
import { WindowPicker } from "./WindowPicker";

interface BoardToolsProps {
  editor: BoardEditor;
  isEditing: boolean;
  onEdit: (edit: boolean) => void;
  window: TimeWindow;
  onWindow: (window: TimeWindow) => void;
  onAdd: () => void;
  onAliases: () => void;
  onFilters: () => void;
  isCompared: boolean;
  onCompare: (isCompared: boolean) => void;
  resolved: ReadonlyMap<string, Resolved>;
}

export function BoardTools(props: BoardToolsProps) {
  const { editor, isEditing, onEdit, window, onWindow, isCompared, onCompare, resolved } = props;
  const { t } = useTranslation();
  return (
    <>
      <WindowPicker window={window} onChange={onWindow} isCompared={isCompared} onCompare={onCompare} />
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
      <MoreMenu editor={editor} resolved={resolved} />
    </>
  );
}

function EditTools({ editor, onEdit, onAdd, onAliases, onFilters }: BoardToolsProps) {
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
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={onFilters}
      >
        {t("Filters")}
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

function MoreMenu({ editor, resolved }: Pick<BoardToolsProps, "editor" | "resolved">) {
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
  const [isSharing, sharing] = useDisclosure();
  return (
    <>
      {isSharing && <PublicLink dashboard={dashboard} resolved={resolved} onClose={sharing.close} />}
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
          <Menu.Item leftSection={<IconLink size={16} />} onClick={sharing.open}>
            {t("Public link")}
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={rename}>
            {t("Rename")}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => void erase().catch(notifyFailed)}>
            {t("Delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
