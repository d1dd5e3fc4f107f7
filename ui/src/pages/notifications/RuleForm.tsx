/// A rule with its target and its words, made in one go.
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../shell/FormDialog";
import { firstRule, listed, makeRule, type NewRule, triggers } from "./rules";

interface RuleFormProps {
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

export function RuleForm({ onClose, onDone }: RuleFormProps) {
  const { t } = useTranslation();
  const [rule, setRule] = useState<NewRule>(firstRule);
  const [types, setTypes] = useState("");
  const save = useMutation({
    mutationFn: () => makeRule({ ...rule, alarmTypes: listed(types) }),
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
        <TextInput
          label={t("Alarm types")}
          description={t("Separated by commas; none means all of them.")}
          value={types}
          onChange={(event) => setTypes(event.currentTarget.value)}
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
