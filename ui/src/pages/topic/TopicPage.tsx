import "@mantine/core/styles/Tabs.css";
import { Anchor, Button, Skeleton, Tabs, Text } from "@mantine/core";
import { IconBroadcast } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type TopicDetail, topicQuery } from "../../api/kafka";
import type { TopicTab } from "../../router";
import { Failure } from "../../shell/PageState";
import { bytesText, countText, rateText } from "../../text/amounts";
import { Page } from "../Page";
import { ProduceTab } from "./ProduceTab";
import { RecordsTab } from "./RecordsTab";
import { topicWords } from "./recordText";
import { SettingsTab } from "./SettingsTab";
import { TailTab } from "./TailTab";

export function TopicPage() {
  const { t } = useTranslation();
  const { topic } = useParams({ from: "/inside/streams/topics/$topic" });
  const { tab = "records" } = useSearch({ from: "/inside/streams/topics/$topic" });
  const navigate = useNavigate({ from: "/streams/topics/$topic" });
  const { data, error, refetch } = useQuery(topicQuery(topic));
  const open = (next: TopicTab) => void navigate({ search: next === "records" ? {} : { tab: next } });
  return (
    <Page
      title={topic}
      trail={
        <Anchor component={Link} to="/streams" size="sm">
          {t("Streams")}
        </Anchor>
      }
      hint={data ? <Figures topic={data} /> : <Skeleton w={220} h={18} />}
      actions={
        <Button
          component={Link}
          to={`/streams/topics/${encodeURIComponent(topic)}/consume`}
          leftSection={<IconBroadcast size={18} aria-hidden />}
        >
          {t("Consume {{topic}}", { topic: topicWords(topic) })}
        </Button>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!error && (
        <Tabs value={tab} onChange={(next) => open(next as TopicTab)} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="records">{t("Records")}</Tabs.Tab>
            <Tabs.Tab value="live">{t("Live")}</Tabs.Tab>
            <Tabs.Tab value="produce">{t("Produce")}</Tabs.Tab>
            <Tabs.Tab value="settings">{t("Settings")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="records">
            <RecordsTab topic={topic} partitions={data?.partitions.length ?? 1} />
          </Tabs.Panel>
          <Tabs.Panel value="live">
            <TailTab topic={topic} />
          </Tabs.Panel>
          <Tabs.Panel value="produce">
            <ProduceTab topic={topic} partitions={data?.partitions.length ?? 1} />
          </Tabs.Panel>
          <Tabs.Panel value="settings">{data && <SettingsTab topic={data} />}</Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}

function Figures({ topic }: { topic: TopicDetail }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const parts = [
    t("{{count}} partitions", { count: topic.partitions.length }),
    t("{{count}} records in it", { count: topic.records, formatted: countText(topic.records, language) }),
    bytesText(topic.sizeBytes, language),
    rateText(topic.recordsPerSecond, language),
  ];
  return (
    <Text size="sm" span>
      {parts.join(" · ")}
    </Text>
  );
}
