import { Card, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLatest } from "../../live";
import { Time } from "../../text/Time";
import { Value } from "../../text/Value";
import type { WidgetProps } from "../widget";
import { Sparkline } from "./Sparkline";
import { useRecent } from "./useRecent";
import classes from "./ValueCard.module.css";

export default function ValueCard({ source: { deviceId, keys } }: WidgetProps) {
  const { t } = useTranslation();
  const key = keys[0] ?? "";
  const latest = useLatest(deviceId)?.get(key);
  const recent = useRecent(deviceId, key);
  return (
    <Card withBorder padding="md" className={classes.card} data-testid={`value-card ${key}`}>
      <Text size="sm" fw={550} className={classes.key} title={key}>
        {key}
      </Text>
      {latest ? (
        <>
          <Text component="div" className={classes.value}>
            <Value value={latest.value} />
          </Text>
          <Text size="xs" className="faint">
            <Time at={latest.ts} />
          </Text>
          {recent.length > 1 && <Sparkline values={recent} label={t("Recent course of {{key}}", { key })} />}
        </>
      ) : (
        <Skeleton height={34} mt={6} width="60%" />
      )}
    </Card>
  );
}
