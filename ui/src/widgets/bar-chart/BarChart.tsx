import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Bars } from "../../charts/Bars";
import { type Bucketing, useHistory } from "../useHistory";
import { numberOf, shownKeys, textSetting, written } from "../values";
import type { WidgetProps } from "../widget";
import { groupsOf } from "./groups";

export default function BarChart({ sources, window, settings }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const every = textSetting(settings, "every", "auto");
  const agg = textSetting(settings, "agg", "AVG") as Bucketing["agg"];
  const { series, error } = useHistory(sources, window, {
    agg,
    ...(every !== "auto" && { interval: every }),
  });
  const keys = shownKeys(sources);
  if (error) return <Text role="alert">{error.message}</Text>;
  const points = series.map((each) =>
    each.points.flatMap(({ ts, value }) => {
      const number = numberOf(value);
      return number === null ? [] : [{ ts, value: number }];
    }),
  );
  return (
    <Bars
      label={t("Bars of {{keys}}", { keys: keys.map(({ label }) => label).join(", ") })}
      groups={groupsOf(points, every, i18n.language)}
      series={keys.map(({ label, look }, i) => ({ name: label, colour: look?.color ?? i }))}
      written={(value) => written(Number(value.toPrecision(4)), keys[0]?.look, i18n.language)}
      height="fill"
    />
  );
}
