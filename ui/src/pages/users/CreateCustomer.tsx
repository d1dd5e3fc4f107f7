import { Button, Group, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { notifyFailed } from "../../shell/notify";

export function CreateCustomer({ onDone }: { onDone: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState("");
  const add = async (event: FormEvent) => {
    event.preventDefault();
    await post("/api/customer", { title: title.trim() });
    setTitle("");
    await onDone();
  };
  return (
    <form onSubmit={(event) => void add(event).catch(notifyFailed)}>
      <Group align="flex-end" gap="xs" mt="md">
        <TextInput
          label={t("New customer")}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="light"
          disabled={title.trim() === ""}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {t("Add")}
        </Button>
      </Group>
    </form>
  );
}
