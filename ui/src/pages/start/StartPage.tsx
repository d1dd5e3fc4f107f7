/// After the first administrator is chosen, or for anybody with an empty house: where to begin.
import { Button, Card, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import {
  IconFileImport,
  IconLayoutDashboard,
  IconPlugConnected,
  IconTestPipe,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../Page";

interface Way {
  to: string;
  icon: TablerIcon;
  title: string;
  text: string;
  button: string;
}

const ways: Way[] = [
  {
    to: "/devices?create=true",
    icon: IconPlugConnected,
    title: "Connect my device",
    text: "Give it a name, copy a few lines into your program, and watch its first message arrive.",
    button: "Connect a device",
  },
  {
    to: "/simulator",
    icon: IconTestPipe,
    title: "Look around with simulated devices",
    text: "A weather station, a house with a solar roof, or a van on its round: they send real messages.",
    button: "Choose a scenario",
  },
  {
    to: "/ruleChains",
    icon: IconFileImport,
    title: "Bring what I have",
    text: "Rule chains that ThingsBoard exported run here; scripts and device names stay as they are.",
    button: "Import a chain",
  },
  {
    to: "/dashboards",
    icon: IconLayoutDashboard,
    title: "Bring my dashboards",
    text: "Dashboards of ThingsBoard are read, and what could not be shown is named.",
    button: "Import a dashboard",
  },
];

export function StartPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("Where to begin")} hint={t("You can come back here from the home page.")}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {ways.map(({ to, icon: Icon, title, text, button }) => (
          <Card key={to} withBorder padding="lg">
            <Stack gap="xs" align="flex-start" h="100%">
              <Icon size={32} stroke={1.4} aria-hidden />
              <Title order={2} size="h4">
                {t(title)}
              </Title>
              <Text size="sm" className="faint" flex={1}>
                {t(text)}
              </Text>
              <Button component={Link} to={to} variant="light">
                {t(button)}
              </Button>
            </Stack>
          </Card>
        ))}
      </SimpleGrid>
    </Page>
  );
}
