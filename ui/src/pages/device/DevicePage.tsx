import "@mantine/core/styles/Tabs.css";
import { Anchor, Card, Skeleton, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { deviceAlarmsQuery, deviceQuery } from "../../api/queries";
import type { DeviceTab } from "../../router";
import { Failure } from "../../shell/PageState";
import { useAlarmRefresh } from "../alarms/useAlarmRefresh";
import { FieldsPart } from "../calculated-fields/FieldsPart";
import { Page } from "../Page";
import { RelationsCard } from "../relations/RelationsCard";
import { AttributesTab } from "./AttributesTab";
import { CommandsTab } from "./CommandsTab";
import { ConnectTab } from "./ConnectTab";
import { DeviceAlarms } from "./DeviceAlarms";
import { LiveTab } from "./LiveTab";
import { MakeDashboard } from "./MakeDashboard";
import { TimelineTab } from "./TimelineTab";

export function DevicePage() {
  const { t } = useTranslation();
  const { deviceId } = useParams({ from: "/inside/devices/$deviceId" });
  const { tab = "live" } = useSearch({ from: "/inside/devices/$deviceId" });
  const navigate = useNavigate({ from: "/devices/$deviceId" });
  const device = useQuery(deviceQuery(deviceId));
  useAlarmRefresh(deviceId);
  const active = useQuery(deviceAlarmsQuery(deviceId)).data?.data.filter((alarm) => isActive(alarm.status));

  const open = (next: DeviceTab) => void navigate({ search: next === "live" ? {} : { tab: next } });

  return (
    <Page
      title={device.data?.name ?? t("Device")}
      hint={
        device.data ? <Hint type={device.data.type} label={device.data.label} /> : <Skeleton w={160} h={18} />
      }
      trail={
        <Anchor component={Link} to="/devices" size="sm">
          {t("Devices")}
        </Anchor>
      }
      actions={device.data && <MakeDashboard device={device.data} />}
    >
      {device.error && <Failure error={device.error} onRetry={device.refetch} />}
      {!device.error && (
        <Tabs value={tab} onChange={(next) => open(next as DeviceTab)} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="live">{t("Live")}</Tabs.Tab>
            <Tabs.Tab value="attributes">{t("Attributes")}</Tabs.Tab>
            <Tabs.Tab value="alarms">
              {t("Alarms")}
              {active !== undefined && active.length > 0 && ` (${active.length})`}
            </Tabs.Tab>
            <Tabs.Tab value="commands">{t("Commands")}</Tabs.Tab>
            <Tabs.Tab value="timeline">{t("Timeline")}</Tabs.Tab>
            <Tabs.Tab value="fields">{t("Calculated fields")}</Tabs.Tab>
            <Tabs.Tab value="relations">{t("Relations")}</Tabs.Tab>
            <Tabs.Tab value="connect">{t("Connect")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="live">
            <LiveTab deviceId={deviceId} />
          </Tabs.Panel>
          <Tabs.Panel value="attributes">
            <AttributesTab entity={{ entityType: "DEVICE", id: deviceId }} />
          </Tabs.Panel>
          <Tabs.Panel value="alarms">
            <Card withBorder padding="md">
              <DeviceAlarms deviceId={deviceId} />
            </Card>
          </Tabs.Panel>
          <Tabs.Panel value="commands">
            <CommandsTab deviceId={deviceId} />
          </Tabs.Panel>
          <Tabs.Panel value="timeline">
            <TimelineTab deviceId={deviceId} />
          </Tabs.Panel>
          <Tabs.Panel value="fields">
            <FieldsPart entity={{ entityType: "DEVICE", id: deviceId }} />
          </Tabs.Panel>
          <Tabs.Panel value="relations">
            <RelationsCard entity={{ entityType: "DEVICE", id: deviceId }} />
          </Tabs.Panel>
          <Tabs.Panel value="connect">
            <ConnectTab deviceId={deviceId} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}

function Hint({ type, label }: { type: string; label?: string | null }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" span>
      {t("Profile {{type}}", { type })}
      {label && ` · ${label}`}
    </Text>
  );
}

function isActive(status: string): boolean {
  return status.startsWith("ACTIVE");
}
