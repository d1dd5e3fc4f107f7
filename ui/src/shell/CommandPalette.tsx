/// Ctrl-K: jump to a page, a device, a rule chain or a database, or run a command.
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/spotlight/styles.css";
import { useDebouncedValue } from "@mantine/hooks";
import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  spotlight,
} from "@mantine/spotlight";
import {
  IconCpu,
  IconDatabase,
  IconLogout,
  IconPlus,
  IconRouteAltLeft,
  IconSearch,
  IconStack2,
} from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { topicsQuery } from "../api/kafka";
import { devicesQuery, infoQuery, ruleChainsQuery } from "../api/queries";
import { signOut } from "../api/signOut";
import { pages } from "./pages";

// More are found on the page of streams.
const topicsMax = 200;

export default function CommandPalette({ asked }: { asked: number }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for, it opens
  useEffect(spotlight.open, [asked]);
  return (
    <Spotlight
      actions={useActions(query)}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      nothingFound={t("Nothing has that name")}
      highlightQuery
      scrollable
      maxHeight={420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      searchProps={{
        leftSection: <IconSearch size={20} aria-hidden />,
        placeholder: t("Search or jump to…"),
        "aria-label": t("Search or jump to…"),
      }}
    />
  );
}

function useActions(query: string): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useDebouncedValue(query, 150);
  const devices = useInfiniteQuery(devicesQuery(search)).data?.pages[0]?.data ?? [];
  const chains = useQuery(ruleChainsQuery).data?.data ?? [];
  const databases = useQuery(infoQuery).data?.realtime?.databases ?? [];
  const topics = useQuery({ ...topicsQuery(false), refetchInterval: false, retry: false }).data ?? [];

  const toPage: SpotlightActionData[] = pages.map(({ to, label, hint, icon: Icon }) => ({
    id: to,
    label: t(label),
    description: t(hint),
    leftSection: <Icon size={20} stroke={1.6} />,
    onClick: () => void navigate({ to }),
  }));
  const toDevice: SpotlightActionData[] = devices.slice(0, 8).map((device) => ({
    id: device.id.id,
    label: device.name,
    description: device.type,
    leftSection: <IconCpu size={20} stroke={1.6} />,
    onClick: () => void navigate({ to: "/devices/$deviceId", params: { deviceId: device.id.id } }),
  }));
  const toChain: SpotlightActionData[] = chains.map((chain) => ({
    id: chain.id.id,
    label: chain.name,
    leftSection: <IconRouteAltLeft size={20} stroke={1.6} />,
    onClick: () => void navigate({ to: "/ruleChains/$ruleChainId", params: { ruleChainId: chain.id.id } }),
  }));
  const toDatabase: SpotlightActionData[] = databases.map((database) => ({
    id: `database ${database}`,
    label: database,
    leftSection: <IconDatabase size={20} stroke={1.6} />,
    onClick: () => void navigate({ to: "/realtime/$database", params: { database } }),
  }));
  const toTopic: SpotlightActionData[] = topics.slice(0, topicsMax).map(({ name }) => ({
    id: `topic ${name}`,
    label: name,
    leftSection: <IconStack2 size={20} stroke={1.6} />,
    onClick: () => void navigate({ to: "/streams/topics/$topic", params: { topic: name } }),
  }));
  const commands: SpotlightActionData[] = [
    {
      id: "create device",
      label: t("Create a device"),
      leftSection: <IconPlus size={20} stroke={1.6} />,
      onClick: () => void navigate({ to: "/devices", search: { create: true } }),
    },
    {
      id: "sign out",
      label: t("Sign out"),
      leftSection: <IconLogout size={20} stroke={1.6} />,
      onClick: () => void signOut(),
    },
  ];
  return [
    { group: t("Pages"), actions: toPage },
    { group: t("Devices"), actions: toDevice },
    { group: t("Rule chains"), actions: toChain },
    { group: t("Databases"), actions: toDatabase },
    { group: t("Kafka topics"), actions: toTopic },
    { group: t("Commands"), actions: commands },
  ];
}
