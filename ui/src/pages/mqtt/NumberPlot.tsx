import { Card, Group, NativeSelect, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sparkPath } from "../../widgets/value-card/Sparkline";
import { numbersIn } from "./changes";
import classes from "./TopicsTab.module.css";
import type { SeenMessage } from "./useTopicHistory";

/// The course of a number in the payload, for as long as the panel is open.
export function NumberPlot({ seen }: { seen: SeenMessage[] }) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const paths = [...numbersIn(seen[0]?.payload ?? "").keys()];
  const path = chosen !== null && paths.includes(chosen) ? chosen : paths[0];
  if (path === undefined) return null;
  const values = seen.flatMap(({ payload }) => numbersIn(payload).get(path) ?? []).reverse();
  if (values.length < 2) return null;
  const number = (value: number) => value.toLocaleString(i18n.language, { maximumSignificantDigits: 6 });
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb={4}>
        <Title order={3} size="h6">
          {t("Since this was opened")}
        </Title>
        {paths.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t("Number")}
            data={paths}
            value={path}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
      </Group>
      <svg className={classes.plot} viewBox="0 0 100 30" preserveAspectRatio="none" role="img">
        <title>{t("Course of {{key}}", { key: path || t("the value") })}</title>
        <path className={classes.plotLine} d={sparkPath(values)} />
      </svg>
      <Text size="xs" className="faint numbers">
        {t("lowest {{min}}, highest {{max}}, now {{now}}", {
          min: number(Math.min(...values)),
          max: number(Math.max(...values)),
          now: number(values.at(-1) as number),
        })}
      </Text>
    </Card>
  );
}
