import { useState } from "react";
import { useTranslation } from "react-i18next";
import FleetMap from "../../map/FleetMap";
import { useFences } from "../../map/useFences";
import { useFleet } from "../../map/useFleet";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";

export default function PositionMap({ sources, settings }: WidgetProps) {
  const { t } = useTranslation();
  const fences = useFences();
  const latitudeKey = textSetting(settings, "latitude", "latitude") || "latitude";
  const longitudeKey = textSetting(settings, "longitude", "longitude") || "longitude";
  const { fleet, isEmpty } = useFleet(sources, latitudeKey, longitudeKey);
  const [selected, select] = useState<string | null>(null);
  if (isEmpty) return <span className="faint">{t("None of these has a position yet.")}</span>;
  return <FleetMap fleet={fleet} fences={fences} selected={selected} onSelect={select} />;
}
