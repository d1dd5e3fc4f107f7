import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { FormDialog } from "../../shell/FormDialog";
import type { ApiKey } from "./people";

/// The key with its secret, as it is answered once.
export type NewKey = ApiKey & { value: string };

interface CreateKeyProps {
  userId: string;
  onClose: () => void;
  onMade: (key: NewKey) => void;
}

const dayMs = 86_400_000;
const lives = { "0": "until it is deleted", "30": "30 days", "90": "90 days", "365": "a year" };

export function CreateKey({ userId, onClose, onMade }: CreateKeyProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [description, setDescription] = useState("");
  const [days, setDays] = useState("0");
  const make = useMutation({
    mutationFn: () =>
      post<NewKey>("/api/apiKey", {
        description: description.trim(),
        userId: { entityType: "USER", id: userId },
        expirationTime: days === "0" ? 0 : Date.now() + Number(days) * dayMs,
      }),
    onSuccess: async (key) => {
      await queries.invalidateQueries({ queryKey: ["apiKeys", userId] });
      onMade(key);
    },
  });
  return (
    <FormDialog
      title={t("Make a key")}
      onClose={onClose}
      onSubmit={() => make.mutate()}
      isComplete={description.trim() !== ""}
      saving={make}
      submitLabel={t("Make it")}
    >
      <TextInput
        label={t("What for")}
        description={t("So that you know later which one to delete.")}
        required
        data-autofocus
        maxLength={255}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("Good for")}
        data={Object.entries(lives).map(([value, label]) => ({ value, label: t(label) }))}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
