/// A telemetry or attribute value as text: numbers in the reader's notation, JSON in one line.
import { useTranslation } from "react-i18next";
import type { Json } from "../api/types";

export function Value({ value }: { value: Json }) {
  const { i18n } = useTranslation();
  return <span className="numbers">{valueText(value, i18n.language)}</span>;
}

export function valueText(value: Json, language: string): string {
  if (typeof value === "number")
    return value.toLocaleString(language, {
      maximumSignificantDigits: 10,
      useGrouping: Math.abs(value) >= 1e5,
    });
  return typeof value === "string" ? value : JSON.stringify(value);
}
