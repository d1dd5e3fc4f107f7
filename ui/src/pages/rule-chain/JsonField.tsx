/// A value of any shape, as JSON; what does not parse is shown as a mistake and not taken.
import { Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";

interface JsonFieldProps {
  label: string;
  description?: string;
  value: Json;
  onChange: (value: Json) => void;
}

export function JsonField({ label, description, value, onChange }: JsonFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => JSON.stringify(value, null, 2));
  const isTheSame = parsed(typed) !== undefined && JSON.stringify(parsed(typed)) === JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what comes from outside replaces what is typed
  useEffect(() => {
    if (!isTheSame) setTyped(JSON.stringify(value, null, 2));
  }, [value]);
  return (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={2}
      maxRows={14}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12.5 } }}
      value={typed}
      error={parsed(typed) === undefined && t("This is not JSON yet.")}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const next = parsed(event.currentTarget.value);
        if (next !== undefined) onChange(next);
      }}
    />
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
