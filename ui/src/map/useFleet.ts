/// The entities that say where they are, moving as their values come.
import { useEffect, useMemo, useState } from "react";
import { useLatestOf } from "../live";
import { numberOf } from "../widgets/values";
import type { WidgetSource } from "../widgets/widget";
import { Fleet } from "./fleet";

export function useFleet(
  sources: WidgetSource[],
  latitudeKey = "latitude",
  longitudeKey = "longitude",
): { fleet: Fleet; isEmpty: boolean } {
  const latest = useLatestOf(sources);
  const fleet = useMemo(() => new Fleet(), []);
  const [known] = useState(() => new Map<string, number>());
  useEffect(() => {
    for (const { deviceId, name } of sources) {
      const values = latest.get(deviceId);
      const fix = values?.get(latitudeKey);
      const latitude = numberOf(fix?.value);
      const longitude = numberOf(values?.get(longitudeKey)?.value);
      if (!fix || latitude === null || longitude === null || known.get(deviceId) === fix.ts) continue;
      known.set(deviceId, fix.ts);
      fleet.fix(name ?? deviceId, { latitude, longitude }, performance.now());
    }
  }, [latest, sources, fleet, known, latitudeKey, longitudeKey]);
  const hasFix = [...latest.values()].some((values) => values.has(latitudeKey));
  return { fleet, isEmpty: latest.size > 0 && known.size === 0 && !hasFix };
}
