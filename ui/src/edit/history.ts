/// A thing that is edited, with every state it was in since it was opened: undo, redo, and what is saved.
export interface History<T> {
  past: T[];
  present: T;
  future: T[];
  saved: T;
  /// What the last change was, when the next one of the same kind is to become one step with it.
  kind: string | null;
  at: number;
}

const stepsMax = 200;
const togetherMs = 1_500;

export function begun<T>(present: T): History<T> {
  return { past: [], present, future: [], saved: present, kind: null, at: 0 };
}

/// Changes of one kind in quick succession, like letters typed into one field, are one step.
export function done<T>(history: History<T>, present: T, kind: string | null = null): History<T> {
  if (present === history.present) return history;
  const now = Date.now();
  const isSameStep = kind !== null && kind === history.kind && now - history.at < togetherMs;
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-stepsMax);
  return { ...history, past, present, future: [], kind, at: now };
}

export function undone<T>(history: History<T>): History<T> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  const future = [history.present, ...history.future];
  return { ...history, past: history.past.slice(0, -1), present, future, kind: null };
}

export function redone<T>(history: History<T>): History<T> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { ...history, past: [...history.past, history.present], present, future, kind: null };
}

/// Saved as it is now; the change is made in every state, so that undoing keeps it.
export function saved<T>(history: History<T>, change: (state: T) => T): History<T> {
  const present = change(history.present);
  return {
    ...history,
    past: history.past.map(change),
    present,
    future: history.future.map(change),
    saved: present,
    kind: null,
  };
}

export const isChanged = <T>(history: History<T>): boolean => history.present !== history.saved;
