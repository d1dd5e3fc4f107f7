/// The time somewhere; a zone that nobody knows is taken for here.
export function timeIn(now: number, zone: string, language: string): { time: string; date: string } {
  const timeZone = isZone(zone) ? zone : undefined;
  const at = new Date(now);
  return {
    time: at.toLocaleTimeString(language, { timeZone, hourCycle: "h23" }),
    date: at.toLocaleDateString(language, { timeZone, weekday: "long", day: "numeric", month: "long" }),
  };
}

/// "3 d 04:05:06"; nothing is left of a moment that has passed.
export function remaining(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [days, hours, minutes] = [seconds / 86_400, (seconds / 3_600) % 24, (seconds / 60) % 60].map(
    Math.floor,
  );
  const clock = [hours, minutes, seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return days ? `${days} d ${clock}` : clock;
}

function isZone(zone: string): boolean {
  if (zone === "") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
