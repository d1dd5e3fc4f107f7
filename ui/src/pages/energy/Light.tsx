/// Whether the roof brings what its light promises, over the last two weeks.
import "@mantine/core/styles/List.css";
import { Alert, List, Skeleton, Text } from "@mantine/core";
import { IconAlertTriangle, IconSun } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { doubtfulHours } from "./fault";
import type { MeterKey } from "./meters";
import { moved, partsOf } from "./period";
import { lightQuery, useCounted } from "./useEnergy";

const daysBack = 14;
const shownMax = 5;
const hourMs = 3_600_000;

interface LightProps {
  production: MeterKey[];
  light: MeterKey;
  until: number;
}

export function Light({ production, light, until }: LightProps) {
  const { t, i18n } = useTranslation();
  // The hour that is still going on has not brought all it will.
  const untilTs = Math.min(until, Math.floor(Date.now() / hourMs) * hourMs);
  const span = {
    fromTs: moved("day", new Date(untilTs), -daysBack).getTime(),
    untilTs,
    cut: "HOUR" as const,
  };
  const { data, error, refetch } = useQuery(lightQuery(light, span));
  const counted = useCounted(production, span);
  const starts = partsOf(span);
  const hours = counted.parts.flatMap((value, i) =>
    value === null ? [] : [{ ts: starts[i] as number, value }],
  );
  const doubtful = data ? doubtfulHours(hours, data).reverse() : [];
  const when = (ts: number) =>
    new Date(ts).toLocaleString(i18n.language, {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
    });
  return (
    <Part
      title={t("Production and light")}
      hint={t("Each bright hour of the last {{count}} days against what its light usually brings.", {
        count: daysBack,
      })}
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {(!data || counted.isLoading) && !error && <Skeleton height={60} />}
      {data && !counted.isLoading && doubtful.length === 0 && (
        <Alert icon={<IconSun />} color="teal">
          {t("Production fits the light: nothing looks broken.")}
        </Alert>
      )}
      {doubtful.length > 0 && (
        <Alert
          icon={<IconAlertTriangle />}
          color="orange"
          title={t("Production does not fit the light")}
          styles={{ title: { color: "var(--mantine-color-text)" } }}
        >
          <Text size="sm">
            {t("Look for shade, snow, a tripped fuse, or an inverter that is off. Doubtful hours:")}
          </Text>
          <List size="sm">
            {doubtful.slice(0, shownMax).map(({ ts, produced, expected }) => (
              <List.Item key={ts}>
                {t("{{when}}: {{produced}} instead of about {{expected}} kWh", {
                  when: when(ts),
                  produced: produced.toLocaleString(i18n.language, { maximumFractionDigits: 2 }),
                  expected: expected.toLocaleString(i18n.language, { maximumFractionDigits: 2 }),
                })}
              </List.Item>
            ))}
          </List>
          {doubtful.length > shownMax && (
            <Text size="sm">{t("and {{count}} more", { count: doubtful.length - shownMax })}</Text>
          )}
        </Alert>
      )}
    </Part>
  );
}
