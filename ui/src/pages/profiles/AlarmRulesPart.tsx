/// The alarm rules of a profile: each is opened, changed, tried on the past, and saved.
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconBell, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceProfile, Json } from "../../api/types";
import { notifyDone } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { type AlarmRules, newAlarm, read, write } from "./alarmRules";
import { EditAlarmRules } from "./EditAlarmRules";
import { useSaveProfile } from "./profiles";

export function AlarmRulesPart({ profile }: { profile: DeviceProfile }) {
  const { t } = useTranslation();
  const [edited, edit] = useState<{ index: number; alarm: AlarmRules } | null>(null);
  const stored = Array.isArray(profile.profileData.alarms) ? profile.profileData.alarms : [];
  const save = useSaveProfile(() => {
    edit(null);
    void notifyDone(t("Saved."));
  });
  const put = (alarms: Json[]) =>
    save.mutate({
      ...profile,
      profileData: { ...profile.profileData, alarms: alarms.length ? alarms : null },
    });
  return (
    <Part
      title={t("Alarm rules")}
      hint={t("A “device profile” node in the rule chain of these devices looks at them with every message.")}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => edit({ index: stored.length, alarm: newAlarm() })}
        >
          {t("Add an alarm rule")}
        </Button>
      }
    >
      <Stack gap="xs">
        {stored.length === 0 && !edited && (
          <Text size="sm" className="faint">
            {t("None yet.")}
          </Text>
        )}
        {stored.map((json, index) => {
          const alarm = read(json);
          const name = alarm?.type ?? String((json as { alarmType?: Json }).alarmType ?? "");
          return (
            <Group key={name} justify="space-between" wrap="nowrap">
              <Group gap="xs" wrap="nowrap">
                <IconBell size={18} aria-hidden />
                <Text size="sm" fw={550}>
                  {name}
                </Text>
              </Group>
              <Group gap="xs" wrap="nowrap">
                {alarm ? (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t("Change the alarm rule {{name}}", { name })}
                    onClick={() => edit({ index, alarm })}
                  >
                    {t("Change")}
                  </Button>
                ) : (
                  <Text size="xs" className="faint">
                    {t("has a schedule or moving limits: change it through the API")}
                  </Text>
                )}
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("Delete the alarm rule {{name}}", { name })}
                  onClick={() => put(stored.filter((_, i) => i !== index))}
                >
                  {t("Delete")}
                </Button>
              </Group>
            </Group>
          );
        })}
        {save.error && !edited && <Failure error={save.error} />}
      </Stack>
      {edited && (
        <EditAlarmRules
          profile={profile}
          alarm={edited.alarm}
          saving={save}
          onChange={(alarm) => edit({ ...edited, alarm })}
          onClose={() => edit(null)}
          onSave={() => {
            const alarms: Json[] = [...stored];
            alarms[edited.index] = write(edited.alarm);
            put(alarms);
          }}
        />
      )}
    </Part>
  );
}
