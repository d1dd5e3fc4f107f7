import { Anchor, Button, Card, Group, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { alarmsQuery, devicesQuery, infoQuery, ruleChainsQuery } from "../../api/queries";
import { type Alarm, severities } from "../../api/types";
import { Failure, RowsLoading } from "../../shell/PageState";
import { CopyButton } from "../../text/CopyButton";
import { AlarmList, SeverityBadge } from "../alarms/AlarmList";
import { useAlarmRefresh } from "../alarms/useAlarmRefresh";
import { Page } from "../Page";
import classes from "./HomePage.module.css";
import { DiskLeft, RecentEvents, SlowestNodes, useDaysLeft } from "./NowPanels";
import { useDoings } from "./useDoings";

const alarmsShown = 6;
const devicesShown = 8;

export function HomePage() {
  const { t } = useTranslation();
  const devices = useInfiniteQuery(devicesQuery(""));
  const alarms = useInfiniteQuery(alarmsQuery("active"));
  const chains = useQuery(ruleChainsQuery);
  const info = useQuery(infoQuery);
  const doings = useDoings();
  const daysLeft = useDaysLeft();
  useAlarmRefresh(null);
  const activeAlarms = alarms.data?.pages[0];

  return (
    <Page
      title={t("Home")}
      actions={
        <Button component={Link} to="/devices?create=true" leftSection={<IconPlus size={18} aria-hidden />}>
          {t("Connect a device")}
        </Button>
      }
    >
      {devices.error && <Failure error={devices.error} onRetry={devices.refetch} />}
      <SimpleGrid cols={{ base: 2, md: 5 }} spacing="md">
        <Figure label={t("Devices")} value={devices.data?.pages[0]?.totalElements} link={{ to: "/devices" }}>
          {doings && t("{{count}} connected", { count: doings.connected })}
        </Figure>
        <Figure label={t("Active alarms")} value={activeAlarms?.totalElements} link={{ to: "/alarms" }}>
          {activeAlarms && <Severities alarms={activeAlarms.data} />}
        </Figure>
        <Figure label={t("Messages per second")} value={doings?.perSecond ?? undefined}>
          {doings && t("{{count}} since the start", { count: doings.messages })}
        </Figure>
        <Figure label={t("Rule chains")} value={chains.data?.totalElements} link={{ to: "/ruleChains" }}>
          {doings && doings.failed > 0 && t("{{count}} messages failed", { count: doings.failed })}
        </Figure>
        <Figure label={t("Days of disk left")} value={daysLeft} link={{ to: "/system" }}>
          <DiskLeft />
        </Figure>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Stack gap="md">
          <Panel title={t("Active alarms")} link={{ to: "/alarms" }}>
            {!activeAlarms && !alarms.error && <RowsLoading rows={3} />}
            {alarms.error && <Failure error={alarms.error} onRetry={alarms.refetch} />}
            {activeAlarms?.data.length === 0 && (
              <Text size="sm" className="faint">
                {t("All quiet: nothing needs attention.")}
              </Text>
            )}
            {activeAlarms && <AlarmList alarms={activeAlarms.data.slice(0, alarmsShown)} hasOriginator />}
          </Panel>
          <Panel title={t("Recent events")} link={{ to: "/users", search: { tab: "audit" } }}>
            <RecentEvents />
          </Panel>
        </Stack>
        <Stack gap="md">
          <Panel title={t("Devices")} link={{ to: "/devices" }}>
            {!devices.data && !devices.error && <RowsLoading rows={4} />}
            {devices.data?.pages[0]?.data.length === 0 && (
              <Anchor component={Link} to="/start" size="sm">
                {t("None yet: see where to begin.")}
              </Anchor>
            )}
            <ul className={classes.devices}>
              {devices.data?.pages[0]?.data.slice(0, devicesShown).map((device) => (
                <li key={device.id.id}>
                  <Anchor component={Link} to={`/devices/${device.id.id}`} size="sm" fw={550}>
                    {device.name}
                  </Anchor>
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={t("Slowest nodes")} link={{ to: "/ruleChains" }}>
            <SlowestNodes />
          </Panel>
          <Panel title={t("Addresses")}>
            <Address
              name={t("MQTT")}
              value={info.data?.mqtt && `${location.hostname}:${info.data.mqtt.port}`}
            />
            <Address name={t("HTTP")} value={location.origin} />
          </Panel>
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

interface FigureProps {
  label: string;
  value: number | string | undefined;
  link?: LinkProps;
  children?: ReactNode;
}

function Figure({ label, value, link, children }: FigureProps) {
  const { i18n } = useTranslation();
  const figure = (
    <>
      <Text size="sm" fw={550} className="faint">
        {label}
      </Text>
      {value === undefined ? (
        <Skeleton height={32} mt={6} width={48} />
      ) : (
        <Text className={`${classes.number} numbers`}>
          {typeof value === "string"
            ? value
            : value.toLocaleString(i18n.language, { maximumSignificantDigits: 3 })}
        </Text>
      )}
    </>
  );
  return (
    <Card withBorder padding="md" className={classes.figure} data-link={link !== undefined || undefined}>
      {link ? (
        <Link {...link} className={classes.link}>
          {figure}
        </Link>
      ) : (
        figure
      )}
      <Text size="xs" component="div" className="faint">
        {children}
      </Text>
    </Card>
  );
}

/// How many of each severity, the worst first.
function Severities({ alarms }: { alarms: Alarm[] }) {
  const counts = severities
    .map((severity) => ({ severity, count: alarms.filter((alarm) => alarm.severity === severity).length }))
    .filter(({ count }) => count > 0);
  return (
    <Group gap={6} mt={4}>
      {counts.map(({ severity, count }) => (
        <Group key={severity} gap={3}>
          <Text size="xs" fw={600}>
            {count}
          </Text>
          <SeverityBadge severity={severity} />
        </Group>
      ))}
    </Group>
  );
}

function Panel({ title, link, children }: { title: string; link?: LinkProps; children: ReactNode }) {
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {link ? (
          <Link {...link} className={classes.title}>
            {title}
          </Link>
        ) : (
          title
        )}
      </Title>
      {children}
    </Card>
  );
}

function Address({ name, value }: { name: string; value: string | null | undefined }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" w={72} className="faint">
        {name}
      </Text>
      {value === undefined ? <Skeleton height={18} width={160} /> : <code>{value ?? "—"}</code>}
      {value && <CopyButton text={value} />}
    </Group>
  );
}
