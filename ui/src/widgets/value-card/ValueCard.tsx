import { Card, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLatest } from "../../live";
import { Time } from "../../text/Time";
import { written } from "../values";
import type { WidgetProps } from "../widget";
import { Sparkline } from "./Sparkline";
import { trendOf, useRecent } from "./useRecent";
import classes from "./ValueCard.module.css";

export default function ValueCard({ source: { deviceId, keys, looks } }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const key = keys[0] ?? "";
  const look = looks?.[key];
  const latest = useLatest(deviceId)?.get(key);
  const recent = useRecent(deviceId, key);
  return (
    <Card withBorder padding="md" className={classes.card} data-testid={`value-card ${key}`}>
      <Text size="sm" fw={550} className={classes.key} title={key}>
        {look?.label || key}
      </Text>
      {latest ? (
        <>
          <Text component="div" className={classes.value}>
            <span className="numbers">{written(latest.value, look, i18n.language)}</span>
            <Trend values={recent} />
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

/// Whether the value went up or down over its recent course, where that is more than a whim.
function Trend({ values }: { values: number[] }) {
  const { t } = useTranslation();
  const trend = trendOf(values);
  if (trend === 0) return null;
  return (
    <span className={classes.trend} role="img" aria-label={trend > 0 ? t("rising") : t("falling")}>
      {trend > 0 ? "↑" : "↓"}
    </span>
  );
}
