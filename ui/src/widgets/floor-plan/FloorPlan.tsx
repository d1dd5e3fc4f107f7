/// A picture with the devices on it: each with its values, its worst alarm, and a way to its page.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLatestOf } from "../../live";
import { textSetting, written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "./FloorPlan.module.css";
import { placesIn, saidPlace, spread } from "./places";

export default function FloorPlan({ sources, settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const latest = useLatestOf(sources);
  const places = placesIn(settings.places);
  const image = textSetting(settings, "image");
  const xKey = textSetting(settings, "xKey") || "xPos";
  const yKey = textSetting(settings, "yKey") || "yPos";
  const shown = sources.filter(({ deviceId }) => deviceId !== "");
  if (shown.length === 0) return <span className="faint">{t("Choose what it shows.")}</span>;
  return (
    <div className={classes.frame}>
      <div className={classes.sheet} data-empty={!isOwn(image) || undefined}>
        {isOwn(image) && <img src={image} alt={t("The plan")} />}
        {shown.map(({ deviceId, name, entityType = "DEVICE", keys, looks }, i) => {
          const values = latest.get(deviceId);
          const said = saidPlace(values?.get(xKey)?.value, values?.get(yKey)?.value);
          const { x, y } = places[deviceId] ?? said ?? spread(i, shown.length);
          return (
            <div key={deviceId} className={classes.spot} style={{ left: `${x}%`, top: `${y}%` }}>
              {entityType === "DEVICE" ? (
                <Link to="/devices/$deviceId" params={{ deviceId }} className={classes.name}>
                  {name ?? deviceId}
                </Link>
              ) : (
                <span className={classes.name}>{name ?? deviceId}</span>
              )}
              {keys.map((key) => {
                const found = values?.get(key);
                return (
                  <span key={key} className={`${classes.value} numbers`} title={looks?.[key]?.label || key}>
                    {found ? written(found.value, looks?.[key], i18n.language) : "—"}
                  </span>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/// Nothing is loaded from elsewhere: a picture is kept in the dashboard, or on this server.
function isOwn(image: string): boolean {
  return image.startsWith("data:image/") || (image.startsWith("/") && !image.startsWith("//"));
}
