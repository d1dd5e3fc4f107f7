/// Devices that are not there, sending messages that are: to look around, and to try chains and dashboards.
import { Alert, Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../Page";
import classes from "./SimulatorPage.module.css";
import { type Scenario, scenarios } from "./scenarios";
import { type Running, start, stop, useSimulation } from "./simulation";

export function SimulatorPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t("Simulator")}
      hint={t(
        "Simulated devices send as real ones do, with their own access tokens, while this browser tab is open.",
      )}
    >
      <SimpleGrid cols={{ base: 1, md: 2, lg: 3 }}>
        {scenarios.map((scenario) => (
          <ScenarioCard key={scenario.id} scenario={scenario} />
        ))}
      </SimpleGrid>
    </Page>
  );
}

function ScenarioCard({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const running = useSimulation().get(scenario.id);
  const begin = useMutation({
    mutationFn: () => start(scenario),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["devices"] }),
  });
  return (
    <Card withBorder padding="lg" component="section" aria-label={t(scenario.title)}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4">
            {t(scenario.title)}
          </Title>
          {running && (
            <Badge variant="filled" color="teal.9" tt="none">
              {t("running")}
            </Badge>
          )}
        </Group>
        <Text size="sm" className="faint" flex={running ? 0 : 1}>
          {t(scenario.text)}
        </Text>
        {running && <Now running={running} />}
        {(begin.error ?? running?.mistake) && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {begin.error?.message ?? running?.mistake}
          </Alert>
        )}
        <Group>
          {running ? (
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={18} aria-hidden />}
              onClick={() => stop(scenario.id)}
            >
              {t("Stop")}
            </Button>
          ) : (
            <Button
              leftSection={<IconPlayerPlay size={18} aria-hidden />}
              loading={begin.isPending}
              onClick={() => begin.mutate()}
            >
              {t("Start")}
            </Button>
          )}
          {running && scenario.id === "home" && (
            <Button component={Link} to="/energy" variant="light">
              {t("See the energy")}
            </Button>
          )}
          {running && scenario.id === "van" && (
            <Button component={Link} to="/map" variant="light">
              {t("See the map")}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

/// What each device said last.
function Now({ running }: { running: Running }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack gap="xs" flex={1}>
      {running.devices.map(({ id, name, last }) => (
        <div key={id}>
          <Link to="/devices/$deviceId" params={{ deviceId: id }} className={classes.device}>
            {name}
          </Link>
          <dl className={classes.values}>
            {Object.entries(last ?? {}).map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd className="numbers">
                  {typeof value === "number" ? value.toLocaleString(i18n.language) : String(value)}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      <Text size="sm" className="faint" role="status">
        {t("{{count}} messages sent", { count: running.sent })}
      </Text>
    </Stack>
  );
}
