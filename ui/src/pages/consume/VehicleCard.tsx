/// Where one vehicle is, and how many there are, read a few times a second from the fleet that moves.
import { ActionIcon, Group, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fleet, Vehicle } from "../../map/fleet";
import { countText } from "../../text/amounts";
import classes from "./ConsumePage.module.css";

const readEveryMs = 250;

export function VehicleCard({ fleet, name, onClose }: { fleet: Fleet; name: string; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const vehicle = useReading(() => {
    const found = fleet.find(name);
    return found && { ...found };
  });
  return (
    <div className={classes.vehicle} role="status">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={650} truncate>
          {name}
        </Text>
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t("Close")}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
      {vehicle ? (
        <Text size="sm" className="numbers">
          {placeText(vehicle, i18n.language)}
          {` · ${t("{{count}} fixes", { count: vehicle.fixes })}`}
        </Text>
      ) : (
        <Text size="sm" className="faint">
          {t("Nothing has come from it since this page was opened.")}
        </Text>
      )}
    </div>
  );
}

export function VehicleCount({ fleet }: { fleet: Fleet }) {
  const { t, i18n } = useTranslation();
  const count = useReading(() => fleet.vehicles.length);
  const refused = useReading(() => fleet.refused);
  return (
    <span className={`${classes.count} numbers`} data-testid="vehicle-count">
      {t("{{count}} vehicles", { count, formatted: countText(count, i18n.language) })}
      {refused > 0 && ` · ${t("more come; the map shows the first {{shown}}", { shown: fleet.vehiclesMax })}`}
    </span>
  );
}

function useReading<T>(read: () => T): T {
  const [value, setValue] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew each time, whatever it closes over
  useEffect(() => {
    const timer = setInterval(() => setValue(read), readEveryMs);
    return () => clearInterval(timer);
  }, []);
  return value;
}

function placeText({ position }: Vehicle, language: string): string {
  const degrees = (value: number, positive: string, negative: string) =>
    `${Math.abs(value).toLocaleString(language, { maximumFractionDigits: 5 })}° ${value < 0 ? negative : positive}`;
  return `${degrees(position.latitude, "N", "S")}, ${degrees(position.longitude, "E", "W")}`;
}
