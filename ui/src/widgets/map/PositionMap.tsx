import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLatestOf } from "../../live";
import FleetMap from "../../map/FleetMap";
import { Fleet } from "../../map/fleet";
import { useFences } from "../../map/useFences";
import { numberOf, textSetting } from "../values";
import type { WidgetProps } from "../widget";

export default function PositionMap({ sources, settings }: WidgetProps) {
  const { t } = useTranslation();
  const latest = useLatestOf(sources);
  const fences = useFences();
  const fleet = useMemo(() => new Fleet(), []);
  const [selected, select] = useState<string | null>(null);
  const latitudeKey = textSetting(settings, "latitude", "latitude") || "latitude";
  const longitudeKey = textSetting(settings, "longitude", "longitude") || "longitude";
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
  if (latest.size > 0 && known.size === 0 && ![...latest.values()].some((values) => values.has(latitudeKey)))
    return <span className="faint">{t("None of these has a position yet.")}</span>;
  return <FleetMap fleet={fleet} fences={fences} selected={selected} onSelect={select} />;
}
