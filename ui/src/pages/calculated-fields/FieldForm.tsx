/// A new calculated field: arguments, expression, output; and what it gives for values made up.
import { Button, Code, Group, NativeSelect, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityId } from "../../api/types";
import { FormDialog } from "../../shell/FormDialog";
import { parseTyped } from "../../text/parseTyped";
import { type Argument, firstField, isComplete, makeField, type NewField, tryScript } from "./fields";

interface FieldFormProps {
  entity: EntityId;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

export function FieldForm({ entity, onClose, onDone }: FieldFormProps) {
  const { t } = useTranslation();
  const [field, setField] = useState<NewField>(firstField);
  const save = useMutation({
    mutationFn: () => makeField(entity, field),
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  const text = (name: "name" | "type" | "expression" | "output" | "decimals") => ({
    value: field[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setField((old) => ({ ...old, [name]: value }));
    },
  });
  return (
    <FormDialog
      title={t("New calculated field")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isComplete={isComplete(field)}
      saving={save}
      size="lg"
    >
      <Group grow align="flex-start">
        <TextInput label={t("Name")} required data-autofocus {...text("name")} />
        <NativeSelect
          label={t("Kind")}
          data={[
            { value: "SIMPLE", label: t("An expression") },
            { value: "SCRIPT", label: t("A script (TBEL)") },
          ]}
          {...text("type")}
        />
      </Group>
      <Arguments all={field.arguments} onChange={(all) => setField((old) => ({ ...old, arguments: all }))} />
      <Textarea label={t("Expression")} required autosize minRows={2} {...text("expression")} />
      {field.type === "SIMPLE" && (
        <Group grow align="flex-start">
          <TextInput label={t("Key of the result")} required {...text("output")} />
          <TextInput label={t("Decimals")} inputMode="numeric" {...text("decimals")} />
        </Group>
      )}
      <Trial field={field} />
    </FormDialog>
  );
}

function Arguments({ all, onChange }: { all: Argument[]; onChange: (all: Argument[]) => void }) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Argument>) =>
    onChange(all.map((each, i) => (i === at ? { ...each, ...part } : each)));
  return (
    <>
      {all.map((each, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: arguments have no other identity while they are written
        <Group key={i} grow align="flex-end">
          <TextInput
            label={t("Argument")}
            value={each.name}
            onChange={(event) => change(i, { name: event.currentTarget.value })}
          />
          <NativeSelect
            label={t("Is")}
            data={[
              { value: "TS_LATEST", label: t("the latest value of") },
              { value: "ATTRIBUTE", label: t("the server attribute") },
            ]}
            value={each.source}
            onChange={(event) => change(i, { source: event.currentTarget.value as Argument["source"] })}
          />
          <TextInput
            label={t("Key")}
            value={each.key}
            onChange={(event) => change(i, { key: event.currentTarget.value })}
          />
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => onChange([...all, { name: "", key: "", source: "TS_LATEST" }])}
        >
          {t("One more argument")}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={all.length < 2}
          onClick={() => onChange(all.slice(0, -1))}
        >
          {t("One less")}
        </Button>
      </Group>
    </>
  );
}

function Trial({ field }: { field: NewField }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, string>>({});
  const trial = useMutation({
    mutationFn: () =>
      tryScript(
        field,
        Object.fromEntries(field.arguments.map(({ name }) => [name, parseTyped(values[name] ?? "0")])),
      ),
  });
  return (
    <>
      <Text size="sm" fw={600}>
        {t("Try it")}
      </Text>
      <Group align="flex-end">
        {field.arguments.map(({ name }) => (
          <TextInput
            key={name}
            size="xs"
            label={name}
            value={values[name] ?? "0"}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setValues((old) => ({ ...old, [name]: value }));
            }}
          />
        ))}
        <Button size="xs" variant="default" loading={trial.isPending} onClick={() => trial.mutate()}>
          {t("Compute")}
        </Button>
      </Group>
      {(trial.data ?? trial.error?.message) !== undefined && (
        <Code block role="status">
          {trial.data ?? trial.error?.message}
        </Code>
      )}
    </>
  );
}
