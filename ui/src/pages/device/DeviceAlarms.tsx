import { Text } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deviceAlarmsQuery } from "../../api/queries";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { AlarmList } from "../alarms/AlarmList";

export function DeviceAlarms({ deviceId, entityType = "DEVICE" }: { deviceId: string; entityType?: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(deviceAlarmsQuery(deviceId, entityType));
  if (error) return <Failure error={error} onRetry={refetch} />;
  if (!data) return <RowsLoading rows={2} />;
  if (data.data.length === 0)
    return (
      <Empty icon={<IconBellOff size={32} />} title={t("No alarms")}>
        <Text size="sm" className="faint">
          {t("Rule chains raise them; they appear here at once.")}
        </Text>
      </Empty>
    );
  return <AlarmList alarms={data.data} />;
}
