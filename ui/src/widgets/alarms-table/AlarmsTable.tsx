import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AlarmList } from "../../pages/alarms/AlarmList";
import { Failure, RowsLoading } from "../../shell/PageState";
import { useAlarms } from "../useAlarms";
import { textSetting } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function AlarmsTable({ sources, settings }: WidgetProps) {
  const { t } = useTranslation();
  const { alarms, error, refetch } = useAlarms(sources, textSetting(settings, "show", "active"));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.body} tabIndex={0} role="group" aria-label={t("Alarms")}>
      {error && <Failure error={error} onRetry={refetch} />}
      {!alarms && !error && <RowsLoading rows={3} />}
      {alarms?.length === 0 && (
        <Text size="sm" className="faint">
          {t("All quiet: nothing needs attention.")}
        </Text>
      )}
      {alarms && <AlarmList alarms={alarms} hasOriginator />}
    </div>
  );
}
