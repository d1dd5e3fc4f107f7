/// The draft of one chain: every change, undo and redo, saving. What is not saved yet outlives the page, so
/// that a person may look elsewhere and come back to it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer } from "react";
import { post } from "../../api/http";
import type { RuleChainMetadata } from "../../api/types";
import { begun, done, type History, isChanged, redone, saved, undone } from "../../edit/history";
import { type Draft, draftOf, metadataOf, withIds } from "./draft";

interface Edited {
  history: History<Draft>;
  /// What the server has.
  base: RuleChainMetadata;
}

type Action =
  | { type: "change"; change: (draft: Draft) => Draft; kind: string | null }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "discard" }
  | { type: "load"; metadata: RuleChainMetadata }
  | { type: "saved"; metadata: RuleChainMetadata; sent: Draft };

const unsaved = new Map<string, Edited>();

export interface Editor {
  draft: Draft;
  isChanged: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /// `kind` makes quick changes of one kind a single step.
  change: (change: (draft: Draft) => Draft, kind?: string) => void;
  undo: () => void;
  redo: () => void;
  discard: () => void;
  save: () => void;
  /// The draft as it would be saved.
  metadata: () => RuleChainMetadata;
  isSaving: boolean;
  failure: Error | null;
}

export function useEditor(ruleChainId: string, metadata: RuleChainMetadata): Editor {
  const [edited, act] = useReducer(next, null, () => unsaved.get(ruleChainId) ?? opened(metadata));
  const { history, base } = edited;
  const changed = isChanged(history);
  useKept(ruleChainId, edited, changed);
  useEffect(() => act({ type: "load", metadata }), [metadata]);
  const save = useSave(ruleChainId, (answer, sent) => act({ type: "saved", metadata: answer, sent }));
  return {
    draft: history.present,
    isChanged: changed,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (change, kind) => act({ type: "change", change, kind: kind ?? null }),
    undo: () => act({ type: "undo" }),
    redo: () => act({ type: "redo" }),
    discard: () => {
      save.reset();
      act({ type: "discard" });
    },
    save: () => {
      if (!save.isPending) save.mutate({ draft: history.present, base });
    },
    metadata: () => metadataOf(history.present, base),
    isSaving: save.isPending,
    failure: save.error,
  };
}

function next(state: Edited, action: Action): Edited {
  const { history, base } = state;
  switch (action.type) {
    case "change":
      return { base, history: done(history, action.change(history.present), action.kind) };
    case "undo":
      return { base, history: undone(history) };
    case "redo":
      return { base, history: redone(history) };
    case "discard":
      return { base, history: done(history, history.saved) };
    case "load":
      // Somebody else's change is shown at once, but never over one's own.
      return isChanged(history) || action.metadata.version === base.version ? state : opened(action.metadata);
    case "saved": {
      const ids = new Map(action.sent.nodes.map(({ key }, i) => [key, action.metadata.nodes[i]?.id]));
      const kept = saved(history, (draft) => withIds(draft, ids));
      // Changed meanwhile: what was sent is what the server has.
      const isStill = history.present === action.sent;
      return {
        base: action.metadata,
        history: isStill ? kept : { ...kept, saved: withIds(action.sent, ids) },
      };
    }
  }
}

function opened(metadata: RuleChainMetadata): Edited {
  return { history: begun(draftOf(metadata)), base: metadata };
}

function useKept(ruleChainId: string, edited: Edited, changed: boolean): void {
  useEffect(() => {
    if (!changed) {
      unsaved.delete(ruleChainId);
      return;
    }
    unsaved.set(ruleChainId, edited);
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [ruleChainId, edited, changed]);
}

function useSave(ruleChainId: string, onSaved: (answer: RuleChainMetadata, sent: Draft) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, base }: { draft: Draft; base: RuleChainMetadata }) =>
      post<RuleChainMetadata>("/api/ruleChain/metadata", metadataOf(draft, base)),
    onSuccess: (answer, { draft }) => {
      onSaved(answer, draft);
      queries.setQueryData(["ruleChain", ruleChainId, "metadata"], answer);
      void queries.invalidateQueries({ queryKey: ["ruleChain", ruleChainId, "figures"] });
      void queries.invalidateQueries({ queryKey: ["ruleChains"] });
    },
  });
}
