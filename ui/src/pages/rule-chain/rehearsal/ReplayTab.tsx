import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../../api/http";
import { Failure } from "../../../shell/PageState";
import type { Editor } from "../useEditor";
import { EffectList } from "./EffectList";
import type { Replay } from "./rehearsal";

const minuteMs = 60_000;
const spans = {
  "1": "the last minute",
  "10": "the last ten minutes",
  "60": "the last hour",
  "1440": "the last day",
};

export function ReplayTab({ ruleChainId, editor }: { ruleChainId: string; editor: Editor }) {
  const { t, i18n } = useTranslation();
  const [minutes, setMinutes] = useState("1");
  const run = useMutation({
    mutationFn: () =>
      post<Replay>(`/api/ruleChain/${ruleChainId}/replay`, {
        metadata: editor.metadata(),
        since: Date.now() - Number(minutes) * minuteMs,
        until: Date.now(),
      }),
  });
  const number = (count: number) => count.toLocaleString(i18n.language);
  return (
    <Stack>
      <Text size="sm" className="faint">
        {t(
          "Logged messages run through the saved chain and through the one in the editor. Nothing of it happens.",
        )}
      </Text>
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={t("Messages of")}
          data={Object.entries(spans).map(([value, label]) => ({ value, label: t(label) }))}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {t("Replay")}
        </Button>
      </Group>
      {!editor.isChanged && (
        <Text size="sm" className="faint">
          {t("You have not changed anything yet: both will do the same.")}
        </Text>
      )}
      {run.error && <Failure error={run.error} />}
      {run.data && (
        <Stack gap="xs" role="status">
          <Text size="sm" fw={600}>
            {t("{{messages}} messages: {{before}} effects before, {{after}} after.", {
              messages: number(run.data.messages),
              before: number(run.data.effectsBefore),
              after: number(run.data.effectsAfter),
            })}
          </Text>
          {run.data.onlyBefore.length + run.data.onlyAfter.length === 0 && (
            <Text size="sm">{t("Nothing would be different.")}</Text>
          )}
          <EffectList title={t("Only the saved chain does")} effects={run.data.onlyBefore} />
          <EffectList title={t("Only the one in the editor does")} effects={run.data.onlyAfter} />
        </Stack>
      )}
    </Stack>
  );
}
