/// What is done with all chosen alarms at once.
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import { Button, Checkbox, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { session } from "../../api/session";
import type { Alarm } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";

interface BulkActionsProps {
  alarms: Alarm[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

export function BulkActions({ alarms, chosen, onChoose }: BulkActionsProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const all = alarms.filter(({ id }) => chosen.has(id.id));
  const act = useMutation({
    mutationFn: async ({ how, to }: { how: string; to: Alarm[] }) => {
      const done = await Promise.allSettled(to.map(({ id }) => post(`/api/alarm/${id.id}/${how}`)));
      const failed = done.filter((each) => each.status === "rejected");
      if (failed[0]) throw failed[0].reason;
      return to.length;
    },
    onSuccess: (count) => {
      onChoose(new Set());
      void notifyDone(t("{{count}} alarms are done.", { count }));
    },
    onError: notifyFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ["alarms"] }),
  });
  const button = (label: string, how: string, to: Alarm[]) => (
    <Button
      size="compact-sm"
      variant="default"
      disabled={to.length === 0}
      loading={act.isPending && act.variables.how === how}
      onClick={() => act.mutate({ how, to })}
    >
      {label}
    </Button>
  );
  return (
    <Group gap="sm" mb="sm">
      <Checkbox
        label={t("All shown")}
        checked={all.length === alarms.length}
        indeterminate={all.length > 0 && all.length < alarms.length}
        onChange={(event) =>
          onChoose(new Set(event.currentTarget.checked ? alarms.map(({ id }) => id.id) : []))
        }
      />
      {all.length > 0 && (
        <>
          {button(
            t("Acknowledge"),
            "ack",
            all.filter(({ status }) => status.endsWith("UNACK")),
          )}
          {button(
            t("Clear"),
            "clear",
            all.filter(({ status }) => status.startsWith("ACTIVE")),
          )}
          {button(t("I look after them"), `assign/${session.caller()?.userId}`, all)}
          <Text size="sm" className="faint" role="status">
            {t("{{count}} chosen", { count: all.length })}
          </Text>
        </>
      )}
    </Group>
  );
}

interface ChooseAlarmProps {
  alarm: Alarm;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

export function ChooseAlarm({ alarm, isChosen, onChoose }: ChooseAlarmProps) {
  const { t } = useTranslation();
  return (
    <Checkbox
      mt={4}
      aria-label={t("Choose {{type}} of {{name}}", {
        type: alarm.type,
        name: alarm.originatorName ?? alarm.originator.id,
      })}
      checked={isChosen}
      onChange={(event) => onChoose(event.currentTarget.checked)}
    />
  );
}
