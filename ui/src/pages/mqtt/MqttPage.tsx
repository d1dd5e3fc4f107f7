import "@mantine/core/styles/Tabs.css";
import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../Page";
import { ClientsTab } from "./ClientsTab";
import { TopicsTab } from "./TopicsTab";

export function MqttPage() {
  const { t } = useTranslation();
  const { tab = "topics" } = useSearch({ from: "/inside/mqtt" });
  const navigate = useNavigate({ from: "/mqtt" });
  return (
    <Page title={t("MQTT topics")} hint={t("What is published, who is connected, and what is kept.")}>
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: next === "clients" ? { tab: "clients" } : {} })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="topics">{t("Topics")}</Tabs.Tab>
          <Tabs.Tab value="clients">{t("Clients and sessions")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="topics">
          <TopicsTab />
        </Tabs.Panel>
        <Tabs.Panel value="clients">
          <ClientsTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
