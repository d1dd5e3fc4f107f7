/// A rule with its target and its words, made in one go.
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Pill.css";
import "@mantine/core/styles/PillsInput.css";
import { NativeSelect, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../shell/FormDialog";
import { firstRule, makeRule, type NewRule, triggers } from "./rules";

interface RuleFormProps {
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

export function RuleForm({ onClose, onDone }: RuleFormProps) {
  const { t } = useTranslation();
  const [rule, setRule] = useState<NewRule>(firstRule);
  const save = useMutation({
    mutationFn: () => makeRule(rule),
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  const field = (name: "name" | "trigger" | "whom" | "url" | "subject" | "text") => ({
    value: rule[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setRule((old) => ({ ...old, [name]: value }));
    },
  });
  const hasPlace = rule.whom !== "webhook" || rule.url.trim() !== "";
  return (
    <FormDialog
      title={t("New rule")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isComplete={rule.name.trim() !== "" && rule.text.trim() !== "" && hasPlace}
      saving={save}
    >
      <TextInput label={t("Name")} required data-autofocus {...field("name")} />
      <NativeSelect
        label={t("Of what")}
        data={Object.entries(triggers).map(([value, label]) => ({ value, label: t(label) }))}
        {...field("trigger")}
      />
      {rule.trigger.startsWith("ALARM") && (
        <TagsInput
          label={t("Alarm types")}
          description={t("None means all of them.")}
          value={rule.alarmTypes}
          onChange={(alarmTypes) => setRule((old) => ({ ...old, alarmTypes }))}
        />
      )}
      <NativeSelect
        label={t("Whom")}
        data={[
          { value: "admins", label: t("The tenant's administrators") },
          { value: "owners", label: t("The customer's users, or the administrators") },
          { value: "webhook", label: t("An address on the web") },
        ]}
        {...field("whom")}
      />
      {rule.whom === "webhook" && <TextInput label={t("Address")} required type="url" {...field("url")} />}
      <TextInput label={t("Subject")} {...field("subject")} />
      <Textarea label={t("Text")} required autosize minRows={2} {...field("text")} />
    </FormDialog>
  );
}
