import "@mantine/core/styles/Tabs.css";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { kafkaHealthQuery } from "../../api/kafka";
import { Failure } from "../../shell/PageState";
import { Page } from "../Page";
import { CreateTopic } from "./CreateTopic";
import { GroupsTable } from "./GroupsTable";
import { HealthCard } from "./HealthCard";
import { SourcesTable } from "./SourcesTable";
import { TopicsTable } from "./TopicsTable";

export function StreamsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/inside/streams" });
  const navigate = useNavigate({ from: "/streams" });
  const { data: health, error, refetch } = useQuery(kafkaHealthQuery);
  const isUp = health?.state === "UP";
  return (
    <Page title={t("Streams")} hint={t("Kafka topics: what is in them, who reads them, how far they are.")}>
      {error && <Failure error={error} onRetry={refetch} />}
      {health && <HealthCard health={health} />}
      {isUp && (
        <Tabs
          value={search.tab ?? "topics"}
          onChange={(tab) => void navigate({ search: tab === "groups" || tab === "sources" ? { tab } : {} })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="topics">{t("Topics")}</Tabs.Tab>
            <Tabs.Tab value="groups">{t("Consumer groups")}</Tabs.Tab>
            <Tabs.Tab value="sources">{t("Sources")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="topics">
            <TopicsTable />
          </Tabs.Panel>
          <Tabs.Panel value="groups">
            <GroupsTable />
          </Tabs.Panel>
          <Tabs.Panel value="sources">
            <SourcesTable />
          </Tabs.Panel>
        </Tabs>
      )}
      <CreateTopic
        opened={isUp && search.create === true}
        onClose={() => void navigate({ search: ({ create, ...rest }) => rest, replace: true })}
      />
    </Page>
  );
}
