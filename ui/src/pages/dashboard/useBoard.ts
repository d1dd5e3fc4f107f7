/// A dashboard while it is looked at or changed: undo, redo, saving.
import { useEffect, useState } from "react";
import type { Dashboard } from "../../dashboards/model";
import { useSaveDashboard } from "../../dashboards/queries";
import { begun, done, type History, isChanged, redone, saved, undone } from "../../edit/history";

export interface BoardEditor {
  dashboard: Dashboard;
  isChanged: boolean;
  canUndo: boolean;
  canRedo: boolean;
  change: (change: (dashboard: Dashboard) => Dashboard, kind?: string) => void;
  undo: () => void;
  redo: () => void;
  discard: () => void;
  save: () => void;
  isSaving: boolean;
  failure: Error | null;
}

export function useBoard(stored: Dashboard): BoardEditor {
  const [history, setHistory] = useState<History<Dashboard>>(() => begun(stored));
  const saving = useSaveDashboard((answer) =>
    setHistory((old) => saved(old, (state) => ({ ...state, id: answer.id, version: answer.version }))),
  );
  const changed = isChanged(history);
  // Somebody else's change is shown at once, but never over one's own.
  useEffect(() => {
    setHistory((old) => (isChanged(old) || old.present.version === stored.version ? old : begun(stored)));
  }, [stored]);
  useEffect(() => {
    if (!changed) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [changed]);
  return {
    dashboard: history.present,
    isChanged: changed,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (change, kind) => setHistory((old) => done(old, change(old.present), kind ?? null)),
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    discard: () => setHistory((old) => done(old, old.saved)),
    save: () => saving.mutate(history.present),
    isSaving: saving.isPending,
    failure: saving.error,
  };
}
