/// One button, and a topic's records come: as a list, and on a map where they say where they are.
import { Anchor, Button, Card, Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { IconBroadcast, IconPlayerStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { topicQuery } from "../../api/kafka";
import { Fleet } from "../../map/fleet";
import { positionOf, vehicleOf } from "../../map/positions";
import { useFences } from "../../map/useFences";
import { Empty, Failure } from "../../shell/PageState";
import { Page } from "../Page";
import { topicWords } from "../topic/recordText";
import { TailList } from "../topic/TailList";
import { TailControls, TailFigures } from "../topic/TailTab";
import { useTail } from "../topic/useTail";
import classes from "./ConsumePage.module.css";
import { VehicleCard, VehicleCount } from "./VehicleCard";

const FleetMap = lazy(() => import("../../map/FleetMap"));

export function ConsumePage() {
  const { t } = useTranslation();
  const { topic } = useParams({ from: "/inside/streams/topics/$topic/consume" });
  const { run = false, from = "latest" } = useSearch({ from: "/inside/streams/topics/$topic/consume" });
  const navigate = useNavigate({ from: "/streams/topics/$topic/consume" });
  const { error, refetch } = useQuery(topicQuery(topic));
  const start = () => void navigate({ search: (old) => ({ ...old, run: true }) });
  const stop = () => void navigate({ search: ({ run: _, vehicle, ...rest }) => rest });
  const choices = [
    { value: "latest", label: t("New records") },
    { value: "earliest", label: t("All records, the oldest first") },
  ];
  return (
    <Page
      title={t("Consume {{topic}}", { topic: topicWords(topic) })}
      isFull
      trail={
        <Anchor component={Link} to={`/streams/topics/${encodeURIComponent(topic)}`} size="sm">
          {topic}
        </Anchor>
      }
      actions={
        <>
          <NativeSelect
            aria-label={t("Which records")}
            data={choices}
            value={from}
            disabled={run}
            onChange={(event) =>
              void navigate({
                search: event.currentTarget.value === "earliest" ? { from: "earliest" } : {},
                replace: true,
              })
            }
          />
          {run && (
            <Button variant="default" leftSection={<IconPlayerStop size={18} aria-hidden />} onClick={stop}>
              {t("Stop")}
            </Button>
          )}
        </>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!run && (
        <Card withBorder className={classes.fill}>
          <Empty icon={<IconBroadcast size={44} />} title={t("Records appear here as they are written")}>
            <Text size="sm" className="faint">
              {t("Records with latitude and longitude move on a map, one marker for each key.")}
            </Text>
            <Button size="md" onClick={start} leftSection={<IconBroadcast size={20} aria-hidden />}>
              {t("Consume {{topic}}", { topic: topicWords(topic) })}
            </Button>
          </Empty>
        </Card>
      )}
      {run && <Running key={`${topic} ${from}`} topic={topic} from={from} />}
    </Page>
  );
}

function Running({ topic, from }: { topic: string; from: "latest" | "earliest" }) {
  const fleet = useMemo(() => new Fleet(), []);
  const [hasPositions, setHasPositions] = useState(false);
  const tail = useTail({ topic, from }, (records) => {
    const now = performance.now();
    for (const record of records) {
      const position = positionOf(record.value);
      if (position) fleet.fix(vehicleOf(record), position, now);
    }
    if (!hasPositions && fleet.vehicles.length > 0) setHasPositions(true);
  });
  return (
    <div className={classes.split} data-map={hasPositions || undefined}>
      {hasPositions && <MapCard fleet={fleet} />}
      <Card withBorder padding={0} className={classes.records}>
        <Stack gap={0} h="100%">
          <Group className={classes.bar} justify="space-between" gap="xs">
            <TailFigures tail={tail} />
            <TailControls tail={tail} />
          </Group>
          <div className={classes.list}>
            <TailList topic={topic} records={tail.records} isFilling />
          </div>
        </Stack>
      </Card>
    </div>
  );
}

function MapCard({ fleet }: { fleet: Fleet }) {
  const { vehicle } = useSearch({ from: "/inside/streams/topics/$topic/consume" });
  const navigate = useNavigate({ from: "/streams/topics/$topic/consume" });
  const fences = useFences();
  const select = (key: string | null) =>
    void navigate({
      search: ({ vehicle: _, ...rest }) => (key === null ? rest : { ...rest, vehicle: key }),
      replace: true,
    });
  return (
    <Card withBorder padding={0} className={classes.map}>
      <Suspense fallback={<Skeleton height="100%" />}>
        <FleetMap fleet={fleet} fences={fences} selected={vehicle ?? null} onSelect={select} />
      </Suspense>
      <VehicleCount fleet={fleet} />
      {vehicle !== undefined && (
        <VehicleCard key={vehicle} fleet={fleet} name={vehicle} onClose={() => select(null)} />
      )}
    </Card>
  );
}
