/// What a person typed as a record's value, checked as far as this can be done before sending.
import type { NewRecord } from "../../api/kafka";

export type WrittenType = "json" | "text" | "binary" | "null";

type Checked =
  | Pick<NewRecord, "value" | "valueType">
  /// English, with values to fill in.
  | { refusal: string; where: Record<string, number | string> };

export function checkedValue(text: string, type: WrittenType): Checked {
  switch (type) {
    case "null":
      return { value: null, valueType: "text" };
    case "text":
      return { value: text, valueType: "text" };
    case "binary":
      return isBase64(text)
        ? { value: text.replaceAll(/\s/g, ""), valueType: "binary" }
        : { refusal: "This is not Base64: letters, digits, + and /, padded with =.", where: {} };
    case "json":
      return checkedJson(text);
  }
}

function checkedJson(text: string): Checked {
  if (text.trim() === "") return { refusal: "JSON needs a value, for example {} or 1.", where: {} };
  try {
    return { value: JSON.parse(text), valueType: "json" };
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    const position = /position (\d+)/.exec(reason)?.[1];
    if (position === undefined) return { refusal: "This is not JSON: {{reason}}", where: { reason } };
    const before = text.slice(0, Number(position)).split("\n");
    return {
      refusal: "This is not JSON, see line {{line}}, column {{column}}.",
      where: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    };
  }
}

function isBase64(text: string): boolean {
  const packed = text.replaceAll(/\s/g, "");
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}
