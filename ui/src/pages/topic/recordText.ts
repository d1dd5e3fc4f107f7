/// Records as one line of text.
import type { KafkaRecord } from "../../api/kafka";

const lineMax = 400;

export function valueLine({ value, valueType }: KafkaRecord): string {
  if (value === null) return valueType === "null" ? "∅" : "null";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > lineMax ? `${text.slice(0, lineMax)}…` : text;
}

export function idOf({ partition, offset }: KafkaRecord): string {
  return `${partition}-${offset}`;
}

/// The partition and offset that an id names, or null.
export function placeOf(id: string): { partition: number; offset: number } | null {
  const [, partition, offset] = /^(\d+)-(\d+)$/.exec(id) ?? [];
  return partition === undefined ? null : { partition: Number(partition), offset: Number(offset) };
}

/// vehicle-coordinates becomes Vehicle Coordinates.
export function topicWords(topic: string): string {
  return topic
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .split(/[-_.\s]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

export function clockText(timestamp: number, language: string): string {
  return new Date(timestamp).toLocaleTimeString(language, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
  });
}
