import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import {
  Button,
  Card,
  Group,
  Loader,
  SegmentedControl,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { IconPlugConnected, IconZoomScan } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLatest, useRefusal } from "../../live";
import { Empty, Failure } from "../../shell/PageState";
import { Widget } from "../../widgets";
import { seriesText } from "../explore/question";
import { DeviceAlarms } from "./DeviceAlarms";

const windows: Record<string, number> = {
  "1m": 60_000,
  "5m": 300_000,
  "15m": 900_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "1d": 86_400_000,
  "7d": 604_800_000,
};
const cardsMax = 12;

/// Everything of one device that moves: cards, chart, table and alarms.
export function LiveTab({ deviceId }: { deviceId: string }) {
  const latest = useLatest(deviceId);
  const refusal = useRefusal(deviceId);
  if (refusal) return <Failure error={refusal} />;
  if (!latest) return <Skeleton height={420} />;
  if (latest.size === 0) return <NothingYet deviceId={deviceId} />;
  const keys = [...latest.keys()].sort((a, b) => a.localeCompare(b));
  const numbers = keys.filter((key) => typeof latest.get(key)?.value === "number");
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 4, xl: 6 }} spacing="md">
        {keys.slice(0, cardsMax).map((key) => (
          <Widget
            key={key}
            name="value-card"
            height={120}
            source={{ deviceId, keys: [key] }}
            windowMs={900_000}
          />
        ))}
      </SimpleGrid>
      {numbers.length > 0 && <ChartCard deviceId={deviceId} keys={numbers.slice(0, 8)} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <TitledCard title="Latest telemetry">
          <Widget name="latest-table" height={120} source={{ deviceId, keys: [] }} windowMs={0} />
        </TitledCard>
        <TitledCard title="Alarms">
          <DeviceAlarms deviceId={deviceId} />
        </TitledCard>
      </SimpleGrid>
    </Stack>
  );
}

function ChartCard({ deviceId, keys }: { deviceId: string; keys: string[] }) {
  const { t } = useTranslation();
  const { window = "5m" } = useSearch({ from: "/inside/devices/$deviceId" });
  const navigate = useNavigate({ from: "/devices/$deviceId" });
  const choose = (next: string) =>
    void navigate({ search: (search) => ({ ...search, window: next }), replace: true });
  const windowMs = windows[window] ?? 300_000;
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h5">
          {t("Chart")}
        </Title>
        <Group gap="xs">
          <Button
            component={Link}
            to={`/explore?series=${encodeURIComponent(seriesText(keys.map((key) => ({ deviceId, key }))))}`}
            size="xs"
            variant="default"
            leftSection={<IconZoomScan size={16} aria-hidden />}
          >
            {t("Explore")}
          </Button>
          <SegmentedControl
            size="xs"
            aria-label={t("Time window")}
            data={Object.keys(windows)}
            value={window in windows ? window : "5m"}
            onChange={choose}
          />
        </Group>
      </Group>
      <Widget name="live-chart" height={340} source={{ deviceId, keys }} windowMs={windowMs} />
    </Card>
  );
}

function TitledCard({ title, children }: { title: string; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="sm">
        {t(title)}
      </Title>
      {children}
    </Card>
  );
}

function NothingYet({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  return (
    <Card withBorder>
      <Empty icon={<IconPlugConnected size={36} />} title={t("Waiting for the first message")}>
        <Loader type="dots" size="sm" aria-hidden />
        <Text size="sm" className="faint">
          {t("Nothing has arrived from this device yet. Its values appear here the moment they do.")}
        </Text>
        <Button component={Link} to={`/devices/${deviceId}?tab=connect`} variant="light">
          {t("How to connect it")}
        </Button>
      </Empty>
    </Card>
  );
}
