/// Names and values, a row each; the last row is for a new one.
import { ActionIcon, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";

interface MapFieldProps {
  label: string;
  description?: string;
  value: Record<string, Json>;
  onChange: (value: Record<string, Json>) => void;
}

export function MapField({ label, description, value, onChange }: MapFieldProps) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(() => Object.entries(value).map(([key, each]) => [key, String(each)]));
  const set = (next: string[][]) => {
    setRows(next);
    onChange(Object.fromEntries(next.filter(([key]) => key !== "").map(([key, each]) => [key, each ?? ""])));
  };
  const edit = (row: number, column: number, text: string) =>
    set([...rows, ["", ""]].map((each, i) => (i === row ? each.with(column, text) : each)).filter(isFilled));
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <Stack gap={4} mt={4} role="group" aria-label={label}>
        {[...rows, ["", ""]].map(([key, each], row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place while its name is typed
          <Group key={row} gap={4} wrap="nowrap">
            <TextInput
              size="xs"
              flex={1}
              aria-label={t("Name {{number}}", { number: row + 1 })}
              placeholder={t("name")}
              value={key}
              onChange={(event) => edit(row, 0, event.currentTarget.value)}
            />
            <TextInput
              size="xs"
              flex={1}
              aria-label={t("Value {{number}}", { number: row + 1 })}
              placeholder={t("value")}
              value={each}
              onChange={(event) => edit(row, 1, event.currentTarget.value)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={row === rows.length}
              aria-label={t("Take out {{name}}", { name: key || row + 1 })}
              onClick={() => set(rows.filter((_, i) => i !== row))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}

function isFilled([key, value]: string[]): boolean {
  return key !== "" || value !== "";
}
