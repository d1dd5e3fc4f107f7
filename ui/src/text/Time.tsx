/// A moment as people say it ("5 minutes ago"), with the exact one on hover.
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

interface Formats {
  ago: Intl.RelativeTimeFormat;
  date: Intl.DateTimeFormat;
  exact: Intl.DateTimeFormat;
}

const formats = new Map<string, Formats>();
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

export function Time({ at }: { at: number }) {
  const { i18n } = useTranslation();
  const current = useSyncExternalStore(onTick, () => now);
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={exact(date, i18n.language)}>
      {ago(at, Math.max(current, at), i18n.language)}
    </time>
  );
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
];

/// "now", "12 seconds ago", "3 hours ago"; a date when it is more than thirty days back.
export function ago(at: number, current: number, language: string): string {
  const passed = current - at;
  if (passed > 30 * 86_400_000) return formatsOf(language).date.format(at);
  const [unit, ms] = units.find(([, ms]) => passed >= ms) ?? ["second", 1_000];
  return formatsOf(language).ago.format(-Math.floor(passed / ms), unit);
}

export function exact(date: Date, language: string): string {
  return formatsOf(language).exact.format(date);
}

/// Making a format takes longer than a row of a table; one of each is kept for every language seen.
function formatsOf(language: string): Formats {
  const known = formats.get(language);
  if (known) return known;
  const made = {
    ago: new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
    date: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" }),
    exact: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }),
  };
  formats.set(language, made);
  return made;
}

function onTick(listener: () => void): () => void {
  now = Date.now();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
