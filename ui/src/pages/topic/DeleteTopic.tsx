/// Deleting a topic takes all its records, so it asks for the name.
import { Button, Card, Group, Text, TextInput, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { remove } from "../../api/http";
import { topicPath, topicQuery } from "../../api/kafka";
import { notifyDone, notifyFailed } from "../../shell/notify";

export function DeleteTopic({ topic }: { topic: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const drop = useDrop(topic);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed === topic) drop.mutate();
  };
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5">
        {t("Delete the topic")}
      </Title>
      <Text size="sm" className="faint" mb="xs">
        {t("All its records go with it, and there is no way back. Type its name to allow it.")}
      </Text>
      <form onSubmit={submit}>
        <Group gap="xs">
          <TextInput
            aria-label={t("Name of the topic to delete")}
            placeholder={topic}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button
            type="submit"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            disabled={typed !== topic}
            loading={drop.isPending}
          >
            {t("Delete")}
          </Button>
        </Group>
      </form>
    </Card>
  );
}

function useDrop(topic: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => remove(topicPath(topic)),
    onSuccess: async () => {
      await navigate({ to: "/streams" });
      queries.removeQueries({ queryKey: topicQuery(topic).queryKey });
      await queries.invalidateQueries({ queryKey: ["kafka", "topics"] });
      await notifyDone(t("{{topic}} is deleted.", { topic }));
    },
    onError: notifyFailed,
  });
}
