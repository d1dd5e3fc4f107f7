import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { severities } from "../../api/types";
import { SeverityBadge } from "../../pages/alarms/AlarmList";
import { useAlarms } from "../useAlarms";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function AlarmCount({ sources }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const { alarms, total } = useAlarms(sources, "active");
  const worst = severities.find((each) => alarms?.some(({ severity }) => severity === each));
  return (
    <div className={classes.centre}>
      <span className={`${classes.big} numbers`}>{total?.toLocaleString(i18n.language) ?? "…"}</span>
      <Group gap={6}>
        <span>{t("active alarms")}</span>
        {worst && <SeverityBadge severity={worst} />}
      </Group>
    </div>
  );
}
