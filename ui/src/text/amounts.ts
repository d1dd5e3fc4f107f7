/// Amounts as people read them: 1.2 MB, 5.4 k, 12/s.

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function bytesText(bytes: number, language: string): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  const power = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return (bytes / 1000 ** power).toLocaleString(language, {
    style: "unit",
    unit: units[power] as string,
    unitDisplay: "short",
    maximumSignificantDigits: 3,
  });
}

export function countText(count: number, language: string): string {
  return count < 100_000
    ? count.toLocaleString(language)
    : count.toLocaleString(language, { notation: "compact", maximumSignificantDigits: 4 });
}

export function rateText(perSecond: number, language: string): string {
  const amount = perSecond.toLocaleString(language, {
    notation: "compact",
    maximumSignificantDigits: perSecond < 1000 ? 3 : 4,
  });
  return `${amount}/s`;
}
