/// Code with colours, brackets and completion. Tab leaves it, as in every other field.
import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { javascript, javascriptLanguage } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Compartment } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { minimalSetup } from "codemirror";
import { useEffect, useEffectEvent, useRef } from "react";

interface CodeEditorProps {
  label: string;
  text: string;
  language?: "javascript" | "json";
  /// Names offered while typing.
  completions?: string[];
  minHeight: number;
  onChange: (text: string) => void;
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "light-dark(#8a1a7a, #e59adf)" },
  { tag: [tags.string, tags.special(tags.string)], color: "light-dark(#0a6640, #8fdcb0)" },
  { tag: [tags.number, tags.bool, tags.null], color: "light-dark(#8a4400, #f0b37e)" },
  { tag: tags.comment, color: "light-dark(#5b6870, #93a1a9)", fontStyle: "italic" },
  { tag: [tags.propertyName, tags.function(tags.variableName)], color: "light-dark(#0a5a68, #7cd3e2)" },
]);

const look = EditorView.theme({
  "&": {
    fontSize: "13px",
    background: "var(--ground)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)" },
  ".cm-content": { fontFamily: "var(--mantine-font-family-monospace)", caretColor: "var(--accent)" },
  ".cm-cursor": { borderLeftColor: "var(--accent)" },
  ".cm-scroller": { maxHeight: "60vh", overflow: "auto" },
  ".cm-tooltip": { background: "var(--surface)", border: "1px solid var(--line)", color: "inherit" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--surface)" },
});

export default function CodeEditor(props: CodeEditorProps) {
  const { label, text, language = "javascript", completions = [], minHeight, onChange } = props;
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const offered = useRef(new Compartment());
  const changed = useEffectEvent(onChange);
  const first = useEffectEvent(() => text);
  /// What stands outside: taking it over is no change of this editor's.
  const given = useRef(text);
  useEffect(() => {
    const editor = new EditorView({
      doc: first(),
      parent: frame.current as HTMLElement,
      extensions: [
        minimalSetup,
        language === "json" ? json() : javascript(),
        offered.current.of([]),
        autocompletion(),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.theme({ ".cm-content": { minHeight: `${minHeight}px` } }),
        EditorView.updateListener.of((update) => {
          const now = update.state.doc.toString();
          if (!update.docChanged || now === given.current) return;
          given.current = now;
          changed(now);
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, language, minHeight]);
  useEffect(() => {
    const editor = view.current;
    given.current = text;
    const current = editor?.state.doc.toString();
    if (editor && current !== undefined && current !== text)
      editor.dispatch({ changes: { from: 0, to: current.length, insert: text } });
  }, [text]);
  const joined = completions.join("\n");
  useEffect(() => {
    const source = javascriptLanguage.data.of({ autocomplete: completing(joined.split("\n")) });
    view.current?.dispatch({ effects: offered.current.reconfigure(source) });
  }, [joined]);
  return <div ref={frame} />;
}

function completing(names: string[]) {
  const options = names.map((name) => ({ label: name, type: "property" }));
  return (context: CompletionContext) => {
    const word = context.matchBefore(/[\w$.[\]"]+/);
    return word || context.explicit ? { from: word?.from ?? context.pos, options } : null;
  };
}
