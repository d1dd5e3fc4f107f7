/// What time a dashboard shows, as it stands in its address: "15m" follows the clock, "from-until" stands still.
export type TimeWindow = { liveMs: number } | { fromTs: number; untilTs: number };

export const liveWindows: Record<string, number> = {
  "1m": 60_000,
  "5m": 300_000,
  "15m": 900_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "1d": 86_400_000,
  "7d": 604_800_000,
  "30d": 2_592_000_000,
};

export function parseWindow(text: string | undefined): TimeWindow | null {
  if (text === undefined) return null;
  const liveMs = liveWindows[text];
  if (liveMs !== undefined) return { liveMs };
  const [, from, until] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  const window = { fromTs: Number(from), untilTs: Number(until) };
  return from !== undefined && window.fromTs < window.untilTs ? window : null;
}

export function windowText(window: TimeWindow): string {
  if ("fromTs" in window) return `${window.fromTs}-${window.untilTs}`;
  return Object.entries(liveWindows).find(([, ms]) => ms === window.liveMs)?.[0] ?? "15m";
}

export function isLive(window: TimeWindow): window is { liveMs: number } {
  return "liveMs" in window;
}

export function rangeOf(window: TimeWindow, now = Date.now()): { fromTs: number; untilTs: number } {
  return isLive(window) ? { fromTs: now - window.liveMs, untilTs: now } : window;
}

/// The time before, as long, to be drawn below this one. After a live window it goes on to now: what is drawn moves on.
export function windowBefore(
  window: TimeWindow,
  now = Date.now(),
): { fromTs: number; untilTs: number; shiftMs: number } {
  const { fromTs, untilTs } = rangeOf(window, now);
  const shiftMs = untilTs - fromTs;
  return { fromTs: fromTs - shiftMs, untilTs: isLive(window) ? untilTs : fromTs, shiftMs };
}
