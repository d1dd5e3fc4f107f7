/// "Would have fired 3 times last week": the rule as it stands in the form, over a device's stored values.
import { Alert, Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import "@mantine/core/styles/List.css";
import { List } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "../../api/http";
import type { Device, DeviceProfile, Json, Page } from "../../api/types";
import { Failure } from "../../shell/PageState";
import { exact } from "../../text/Time";
import { type AlarmRules, isComplete, write } from "./alarmRules";

interface Preview {
  points: number;
  isWhole: boolean;
  count: number;
  firings: { startTs: number; endTs: number; severity: string; values: Record<string, Json> }[];
}

const dayMs = 86_400_000;
const shownMax = 5;
const spans = { "1": "the last day", "7": "the last week", "30": "the last month" };

export function AlarmPreview({ profile, alarm }: { profile: DeviceProfile; alarm: AlarmRules }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState("");
  const [days, setDays] = useState("7");
  const devices =
    useQuery({
      queryKey: ["devices", "of profile", profile.id.id],
      queryFn: () =>
        get<Page<Device>>("/api/tenant/deviceInfos", {
          pageSize: 100,
          page: 0,
          deviceProfileId: profile.id.id,
        }),
    }).data?.data ?? [];
  const deviceId = chosen || devices[0]?.id.id;
  const run = useMutation({
    mutationFn: () =>
      post<Preview>("/api/deviceProfile/alarmPreview", {
        alarm: write(alarm),
        deviceId: { entityType: "DEVICE", id: deviceId },
        startTs: Date.now() - Number(days) * dayMs,
        endTs: Date.now(),
      }),
  });
  if (devices.length === 0)
    return (
      <Text size="sm" className="faint">
        {t("No device has this profile yet, so there is no past to try the rule on.")}
      </Text>
    );
  return (
    <Stack gap="xs" role="group" aria-label={t("Try it on the past")}>
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={t("Values of")}
          data={devices.map(({ id, name }) => ({ value: id.id, label: name }))}
          value={deviceId}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("Over")}
          data={Object.entries(spans).map(([value, label]) => ({ value, label: t(label) }))}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <Button
          variant="light"
          leftSection={<IconHistory size={18} aria-hidden />}
          disabled={!isComplete(alarm)}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {t("Try it on the past")}
        </Button>
      </Group>
      {run.error && <Failure error={run.error} />}
      {run.data && <Result preview={run.data} />}
    </Stack>
  );
}

function Result({ preview: { points, isWhole, count, firings } }: { preview: Preview }) {
  const { t, i18n } = useTranslation();
  const at = (ts: number) => exact(new Date(ts), i18n.language);
  return (
    <Alert role="status" title={t("It would have fired {{count}} times", { count })}>
      <Text size="sm">
        {points === 0
          ? t("There are no values of its keys in that time.")
          : t("Looked at {{count}} values.", { count: points })}{" "}
        {!isWhole && t("Only the newest of them: there are more.")}
      </Text>
      <List size="sm">
        {firings.slice(0, shownMax).map(({ startTs, endTs, severity, values }) => (
          <List.Item key={startTs}>
            {severity} ·{" "}
            {endTs > 0 ? `${at(startTs)} – ${at(endTs)}` : t("{{when}}, still on", { when: at(startTs) })}{" "}
            <span className="faint">
              {Object.entries(values)
                .map(([key, value]) => `${key} ${String(value)}`)
                .join(", ")}
            </span>
          </List.Item>
        ))}
      </List>
      {count > shownMax && <Text size="sm">{t("and {{count}} more", { count: count - shownMax })}</Text>}
    </Alert>
  );
}
