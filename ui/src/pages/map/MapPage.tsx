/// All devices that say where they are, live, with the fences of the rule chains, which are changed here.
import { Card, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Feature } from "geojson";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import type { Device, Json, Page as PageOf } from "../../api/types";
import { collection, fenceOfJson } from "../../map/fences";
import { useFleet } from "../../map/useFleet";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { Page } from "../Page";
import { FenceList, keyOf } from "./FenceList";
import { attributeOf, type FenceDraft, isWhole, placed } from "./fenceDraft";
import classes from "./MapPage.module.css";
import { keepFence, useFenceHomes } from "./useFenceHomes";

const FleetMap = lazy(() => import("../../map/FleetMap"));
const devicesMax = 1_000;
const keys = ["latitude", "longitude"];

export function MapPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ["devices", "map"],
    queryFn: () => get<PageOf<Device>>("/api/tenant/devices", { pageSize: devicesMax, page: 0 }),
  });
  return (
    <Page title={t("Map")} hint={t("Devices with a latitude and a longitude, as they move.")} isFull>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton height={420} />}
      {data && <FencedMap devices={data.data} />}
      {data?.hasNext && (
        <Text size="xs" className="faint">
          {t("Only the first {{count}} devices are looked at.", { count: devicesMax })}
        </Text>
      )}
    </Page>
  );
}

function FencedMap({ devices }: { devices: Device[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const sources = useMemo(() => devices.map(({ id, name }) => ({ deviceId: id.id, name, keys })), [devices]);
  const { fleet } = useFleet(sources);
  const [selected, select] = useState<string | null>(null);
  const [edited, edit] = useState<FenceDraft | null>(null);
  const homes = useFenceHomes(devices);
  const shown = JSON.stringify([
    ...homes.filter((home) => edited === null || keyOf(home) !== keyOf(edited)).flatMap(featuresOf),
    ...(edited ? featuresOf(edited) : []),
  ]);
  const fences = useMemo(() => collection(JSON.parse(shown) as Feature[]), [shown]);
  const save = useMutation({
    mutationFn: keepFence,
    onSuccess: async (_, { home }) => {
      edit(null);
      await queries.invalidateQueries({ queryKey: home.kind === "node" ? ["ruleChain"] : ["device"] });
      await notifyDone(t("The fence {{name}} is saved.", { name: home.name }));
    },
    onError: notifyFailed,
  });
  return (
    <div className={classes.split}>
      <Card withBorder padding={0} className={classes.map}>
        <Suspense fallback={<Skeleton h="100%" />}>
          <FleetMap
            fleet={fleet}
            fences={fences}
            selected={selected}
            onSelect={select}
            onPlace={edited ? (place) => edit({ ...edited, shape: placed(edited.shape, place) }) : undefined}
          />
        </Suspense>
      </Card>
      <div className={classes.side}>
        <FenceList
          fences={homes}
          edited={edited}
          isSaving={save.isPending}
          onEdit={edit}
          onSave={() => edited && save.mutate(edited)}
        />
      </div>
    </div>
  );
}

/// As far as it goes: two corners are drawn as a line's ends too.
function featuresOf({ home, shape }: FenceDraft): Feature[] {
  if (!isWhole(shape)) return [];
  const json: Json = attributeOf(shape);
  return fenceOfJson(home.name, json);
}
