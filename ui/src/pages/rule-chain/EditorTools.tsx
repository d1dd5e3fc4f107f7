/// What can be done to the chain as a whole.
import { ActionIcon, Button, Group, NativeSelect, Text, Tooltip } from "@mantine/core";
import "@mantine/core/styles/Tooltip.css";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconClipboard,
  IconCopy,
  IconDeviceFloppy,
  IconHierarchy2,
  IconPlus,
  IconTestPipe,
  IconTrash,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "../../shell/notify";
import { copyText } from "../../text/copyText";
import { clipFrom, clipOf, clipText, withArrangement, withClip } from "./draft";
import { type Heat, heats } from "./figures";
import type { Editor } from "./useEditor";
import { takenOut } from "./useEditorKeys";

interface EditorToolsProps {
  editor: Editor;
  chosen: ReadonlySet<string>;
  choose: (keys: ReadonlySet<string>) => void;
  heat: Heat;
  onHeat: (heat: Heat) => void;
  isPaletteOpen: boolean;
  onPalette: () => void;
  onRehearse: () => void;
}

export function EditorTools(props: EditorToolsProps) {
  const { editor, chosen, choose, heat, onHeat, isPaletteOpen, onPalette, onRehearse } = props;
  const { t } = useTranslation();
  const heatNames = { rate: t("Messages per second"), latency: t("Time per message"), errors: t("Failures") };
  const paste = async () => {
    const clip = clipFrom(await navigator.clipboard.readText());
    if (!clip) throw new Error(t("The clipboard holds neither nodes nor an exported chain."));
    const { draft, keys } = withClip(editor.draft, clip);
    editor.change(() => draft);
    choose(new Set(keys));
  };
  return (
    <Group gap="xs" justify="space-between" role="toolbar" aria-label={t("Rule chain tools")}>
      <Group gap={4}>
        <Button
          size="xs"
          variant={isPaletteOpen ? "light" : "default"}
          aria-expanded={isPaletteOpen}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={onPalette}
        >
          {t("Add a node")}
        </Button>
        <Tool label={t("Undo")} icon={IconArrowBackUp} isOff={!editor.canUndo} onClick={editor.undo} />
        <Tool label={t("Redo")} icon={IconArrowForwardUp} isOff={!editor.canRedo} onClick={editor.redo} />
        <Tool
          label={t("Copy")}
          icon={IconCopy}
          isOff={chosen.size === 0}
          onClick={() => void copyText(clipText(clipOf(editor.draft, chosen)))}
        />
        <Tool label={t("Paste")} icon={IconClipboard} onClick={() => void paste().catch(notifyFailed)} />
        <Tool
          label={t("Delete what is chosen")}
          icon={IconTrash}
          isOff={chosen.size === 0}
          onClick={() => {
            editor.change((draft) => takenOut(draft, chosen));
            choose(new Set());
          }}
        />
        <Tool label={t("Arrange")} icon={IconHierarchy2} onClick={() => editor.change(withArrangement)} />
      </Group>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label={t("Heat shows")}
          value={heat}
          data={heats.map((each) => ({ value: each, label: heatNames[each] }))}
          onChange={(event) => onHeat(event.currentTarget.value as Heat)}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTestPipe size={16} aria-hidden />}
          onClick={onRehearse}
        >
          {t("Try and compare")}
        </Button>
        {editor.isChanged && (
          <>
            <Text size="sm" className="faint" role="status">
              {t("Not saved yet")}
            </Text>
            <Button size="xs" variant="default" onClick={editor.discard}>
              {t("Discard")}
            </Button>
          </>
        )}
        <Button
          size="xs"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          disabled={!editor.isChanged}
          loading={editor.isSaving}
          onClick={editor.save}
        >
          {t("Save")}
        </Button>
      </Group>
    </Group>
  );
}

interface ToolProps {
  label: string;
  icon: TablerIcon;
  isOff?: boolean;
  onClick: () => void;
}

function Tool({ label, icon: Icon, isOff = false, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={isOff} onClick={onClick}>
        <Icon size={17} />
      </ActionIcon>
    </Tooltip>
  );
}
