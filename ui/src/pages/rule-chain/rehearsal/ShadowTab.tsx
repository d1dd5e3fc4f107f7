import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError, get, post, remove } from "../../../api/http";
import { notifyFailed } from "../../../shell/notify";
import { Failure } from "../../../shell/PageState";
import type { Editor } from "../useEditor";
import { EffectList } from "./EffectList";
import type { Shadow } from "./rehearsal";

export function ShadowTab({ ruleChainId, editor }: { ruleChainId: string; editor: Editor }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const path = `/api/ruleChain/${ruleChainId}/shadow`;
  const queryKey = ["ruleChain", ruleChainId, "shadow"];
  const { data, error } = useQuery({
    queryKey,
    queryFn: () =>
      get<Shadow>(path).catch((failure) => {
        if (failure instanceof ApiError && failure.status === 404) return null;
        throw failure;
      }),
    refetchInterval: 2_000,
  });
  const shared = {
    onError: notifyFailed,
    onSettled: () => queries.invalidateQueries({ queryKey }),
  };
  const start = useMutation({
    mutationFn: () => post(path, { metadata: editor.metadata() }),
    ...shared,
  });
  const stop = useMutation({ mutationFn: () => remove(path), ...shared });
  const number = (count: number) => count.toLocaleString(i18n.language);
  return (
    <Stack>
      <Text size="sm" className="faint">
        {t(
          "The chain in the editor runs beside the live one on each new message. Nothing of what it does happens.",
        )}
      </Text>
      <Group gap="xs">
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          disabled={data?.running}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t("Run it beside")}
        </Button>
        {data && (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            loading={stop.isPending}
            onClick={() => stop.mutate()}
          >
            {data.running ? t("Stop") : t("Put away")}
          </Button>
        )}
      </Group>
      {error && <Failure error={error} />}
      {data && (
        <Stack gap="xs" role="status">
          <Text size="sm" fw={600}>
            {t("{{different}} of {{messages}} messages came out differently.", {
              different: number(data.different),
              messages: number(data.messages),
            })}
          </Text>
          {data.ended && <Text size="sm">{data.ended}</Text>}
          {data.dropped > 0 && (
            <Text size="sm">
              {t("{{count}} messages were not tried, so as not to hold up the live ones.", {
                count: data.dropped,
              })}
            </Text>
          )}
          {data.latest.map((difference) => (
            <div key={difference.id}>
              <Code block>
                {difference.msgType} {JSON.stringify(difference.msg)}
              </Code>
              <EffectList title={t("Only the live chain does")} effects={difference.onlyBefore} />
              <EffectList title={t("Only the one in the editor does")} effects={difference.onlyAfter} />
            </div>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
