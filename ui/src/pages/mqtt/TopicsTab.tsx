import { Button, Card, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconSend } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../shell/PageState";
import { PublishForm } from "./PublishForm";
import { TopicPanel } from "./TopicPanel";
import classes from "./TopicsTab.module.css";
import { TopicTree } from "./TopicTree";

export function TopicsTab() {
  const { t } = useTranslation();
  const { q = "", topic } = useSearch({ from: "/inside/mqtt" });
  const navigate = useNavigate({ from: "/mqtt" });
  const [search] = useDebouncedValue(q, 200);
  const [isPublishing, setIsPublishing] = useState(false);
  const find = (next: string) =>
    void navigate({ search: ({ q: _, ...rest }) => (next ? { ...rest, q: next } : rest), replace: true });
  const choose = (next: string) => void navigate({ search: (old) => ({ ...old, topic: next }) });
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <TextInput
          type="search"
          aria-label={t("Find a topic by a part of its name")}
          placeholder={t("Find a topic")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={q}
          onChange={(event) => find(event.currentTarget.value)}
        />
        <Button
          variant={isPublishing ? "default" : "filled"}
          leftSection={<IconSend size={16} aria-hidden />}
          aria-expanded={isPublishing}
          onClick={() => setIsPublishing(!isPublishing)}
        >
          {t("Publish")}
        </Button>
      </Group>
      {isPublishing && (
        <Card withBorder padding="md">
          <PublishForm key={topic} topic={topic ?? ""} />
        </Card>
      )}
      <div className={classes.split}>
        <Card withBorder padding={0}>
          <TopicTree search={search} chosen={topic ?? null} onChoose={choose} />
        </Card>
        {topic === undefined ? (
          <Card withBorder>
            <Empty icon={<IconSearch size={36} />} title={t("Choose a topic")}>
              <Text size="sm" className="faint">
                {t("Its last message, what changed in it and its history are shown here.")}
              </Text>
            </Empty>
          </Card>
        ) : (
          <TopicPanel key={topic} topic={topic} />
        )}
      </div>
    </Stack>
  );
}
