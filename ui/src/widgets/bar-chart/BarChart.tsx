import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Bars } from "../../charts/Bars";
import { windowBefore } from "../../dashboards/timeWindow";
import { type Bucketing, type ReadSeries, useHistory } from "../useHistory";
import { numberOf, shownKeys, textSetting, written } from "../values";
import type { WidgetProps } from "../widget";
import { groupsOf, movedOnto } from "./groups";

export default function BarChart({ sources, window, isCompared, settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const every = textSetting(settings, "every", "auto");
  const agg = textSetting(settings, "agg", "AVG") as Bucketing["agg"];
  const bucketing = { agg, ...(every !== "auto" && { interval: every }) };
  const { series, error } = useHistory(sources, window, bucketing);
  const before = useMemo(() => windowBefore(window), [window]);
  const past = useHistory(
    isCompared ? sources : [],
    { fromTs: before.fromTs, untilTs: before.fromTs + before.shiftMs },
    bucketing,
  );
  const keys = shownKeys(sources);
  if (error) return <Text role="alert">{error.message}</Text>;
  const points = numbersOf(series);
  const times = points.flatMap((each) => each.map(({ ts }) => ts));
  const pastPoints = numbersOf(past.series).map((each) => movedOnto(each, before.shiftMs, times));
  return (
    <Bars
      label={t("Bars of {{keys}}", { keys: keys.map(({ label }) => label).join(", ") })}
      groups={groupsOf([...points, ...pastPoints], every, i18n.language)}
      series={[
        ...keys.map(({ label, look }, i) => ({ name: label, colour: look?.color ?? i })),
        ...(isCompared
          ? keys.map(({ label, look }, i) => ({
              name: `${label} (${t("before")})`,
              colour: look?.color ?? i,
              isPast: true,
            }))
          : []),
      ]}
      written={(value) => written(Number(value.toPrecision(4)), keys[0]?.look, i18n.language)}
      height="fill"
    />
  );
}

function numbersOf(series: ReadSeries[]): { ts: number; value: number }[][] {
  return series.map(({ points }) =>
    points.flatMap(({ ts, value }) => {
      const number = numberOf(value);
      return number === null ? [] : [{ ts, value: number }];
    }),
  );
}
