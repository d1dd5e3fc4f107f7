/// The keys that people know from other editors, wherever on the page the focus is but in a field.
import { useEffect, useEffectEvent } from "react";
import { clipFrom, clipOf, clipText, type Draft, linkKey, withClip, withLabels, without } from "./draft";
import type { Editor } from "./useEditor";

interface EditorKeys {
  editor: Editor;
  chosen: ReadonlySet<string>;
  choose: (keys: ReadonlySet<string>) => void;
  save: () => void;
}

export function useEditorKeys({ editor, chosen, choose, save }: EditorKeys): void {
  const paste = (text: string) => {
    const clip = clipFrom(text);
    if (!clip) return false;
    const { draft, keys } = withClip(editor.draft, clip);
    editor.change(() => draft);
    choose(new Set(keys));
    return true;
  };
  const remove = () => {
    if (chosen.size === 0) return;
    editor.change((draft) => takenOut(draft, chosen));
    choose(new Set());
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const act = () => {
      if (isCommand && key === "s") return save;
      if (isInField(event.target)) return null;
      if (key === "delete" || key === "backspace") return remove;
      if (!isCommand) return null;
      if (key === "z") return event.shiftKey ? editor.redo : editor.undo;
      if (key === "y") return editor.redo;
      if (key === "a") return () => choose(new Set(editor.draft.nodes.map((node) => node.key)));
      if (key === "d") return () => void paste(clipText(clipOf(editor.draft, chosen)));
      return null;
    };
    const action = act();
    if (!action) return;
    event.preventDefault();
    action();
  });
  const copy = useEffectEvent((event: ClipboardEvent) => {
    if (isInField(event.target) || chosen.size === 0 || getSelection()?.toString()) return;
    event.clipboardData?.setData("text/plain", clipText(clipOf(editor.draft, chosen)));
    event.preventDefault();
    if (event.type === "cut") remove();
  });
  const pasted = useEffectEvent((event: ClipboardEvent) => {
    if (!isInField(event.target) && paste(event.clipboardData?.getData("text/plain") ?? ""))
      event.preventDefault();
  });
  useEffect(() => {
    const onPress = (event: KeyboardEvent) => press(event);
    const onCopy = (event: ClipboardEvent) => copy(event);
    const onPaste = (event: ClipboardEvent) => pasted(event);
    document.addEventListener("keydown", onPress);
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("keydown", onPress);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, []);
}

/// The draft without the chosen nodes and links.
export function takenOut(draft: Draft, chosen: ReadonlySet<string>): Draft {
  const links = draft.links.filter((each) => chosen.has(linkKey(each)));
  const cut = links.reduce((left, { source, target }) => withLabels(left, source, target, []), draft);
  return without(cut, chosen);
}

function isInField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
