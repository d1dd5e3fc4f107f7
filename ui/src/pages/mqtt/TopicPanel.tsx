/// One topic: its last message, what changed in it, its numbers over time, what the broker keeps.
import { Badge, Button, Card, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { post, remove } from "../../api/http";
import { previewBytes, type Retained, retainedQuery, topicLevelQuery } from "../../api/mqtt";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { bytesText, countText, rateText } from "../../text/amounts";
import { CopyButton } from "../../text/CopyButton";
import { JsonView } from "../../text/JsonView";
import { Time } from "../../text/Time";
import { parsed } from "./changes";
import { HistoryCard } from "./HistoryCard";
import { NumberPlot } from "./NumberPlot";
import classes from "./TopicsTab.module.css";
import { useTopicHistory } from "./useTopicHistory";

export function TopicPanel({ topic }: { topic: string }) {
  const { t, i18n } = useTranslation();
  const { data: level, error, refetch } = useQuery(topicLevelQuery(topic));
  const retained = useQuery(retainedQuery(topic)).data;
  const seen = useTopicHistory(level);
  const language = i18n.language;
  if (error) return <Failure error={error} onRetry={refetch} />;
  return (
    <Stack gap="md">
      <Card withBorder padding="md">
        <Group gap={4} wrap="nowrap" align="flex-start">
          <Title order={2} size="h5" style={{ overflowWrap: "anywhere" }}>
            {topic}
          </Title>
          <CopyButton text={topic} />
        </Group>
        {level === undefined && <Skeleton h={80} />}
        {level === null && (
          <Text size="sm" className="faint">
            {t("Nothing has been published to this topic since the broker started.")}
          </Text>
        )}
        {level && (
          <Text size="sm" className="faint numbers" mb="sm">
            {t("{{count}} messages", {
              count: level.messages,
              formatted: countText(level.messages, language),
            })}
            {` · ${bytesText(level.bytes, language)} · ${rateText(level.messagesPerSecond, language)}`}
            {level.lastAt > 0 && " · "}
            {level.lastAt > 0 && <Time at={level.lastAt} />}
          </Text>
        )}
        {level?.payload !== undefined && <Payload payload={level.payload} type={level.payloadType} />}
      </Card>
      {retained && <RetainedCard retained={retained} />}
      <NumberPlot seen={seen} />
      <HistoryCard topic={topic} seen={seen} />
    </Stack>
  );
}

function Payload({ payload, type }: { payload: string; type: string | undefined }) {
  const { t } = useTranslation();
  const isCut = new TextEncoder().encode(payload).length >= previewBytes;
  return (
    <>
      <div className={classes.payload}>
        <JsonView value={parsed(payload)} />
      </div>
      <Text size="xs" className="faint" mt={4}>
        {type === "binary" && t("Bytes, shown as Base64.")}{" "}
        {isCut && t("The first {{bytes}} bytes of the message.", { bytes: previewBytes })}
      </Text>
    </>
  );
}

function RetainedCard({ retained }: { retained: Retained }) {
  const { t, i18n } = useTranslation();
  const drop = useRetainedDelete(retained);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb={4}>
        <Group gap="xs">
          <Title order={3} size="h6">
            {t("Retained message")}
          </Title>
          <Badge size="sm" variant="light" tt="none">
            {t("QoS {{qos}}", { qos: retained.qos })}
          </Badge>
          <Text size="xs" className="faint">
            {bytesText(retained.sizeBytes, i18n.language)}
          </Text>
        </Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => void drop()}
        >
          {t("Delete it")}
        </Button>
      </Group>
      <div className={classes.payload}>
        <JsonView value={parsed(retained.payload)} />
      </div>
    </Card>
  );
}

function useRetainedDelete({ topic, qos, payload, payloadType }: Retained) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const reread = () => queries.invalidateQueries({ queryKey: ["mqtt"] });
  const putBack = async () => {
    const type = payloadType === "binary" ? "base64" : "text";
    await post("/api/mqtt/publish", { topic, payload, payloadType: type, qos, retain: true });
    await reread();
  };
  return async () => {
    try {
      await remove("/api/mqtt/retained", { topic });
      await reread();
      await notifyDone(t("The retained message is deleted."), putBack);
    } catch (failure) {
      await notifyFailed(failure);
    }
  };
}
