import { ActionIcon, Alert, Badge, Button, Code, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../../../api/http";
import type { RecentMessage, RuleChainFigures } from "../../../api/types";
import { notifyFailed } from "../../../shell/notify";
import { Failure, RowsLoading } from "../../../shell/PageState";
import { Time } from "../../../text/Time";
import type { Activities } from "../figures";
import type { Editor } from "../useEditor";
import { type TestRun, testsQuery } from "./rehearsal";

interface TestsTabProps {
  ruleChainId: string;
  editor: Editor;
  activities: Activities;
}

const shownMax = 20;
const modes = {
  OFF: "Save whatever the tests say",
  WARN: "Save, and warn when a test fails",
  REFUSE: "Refuse to save while a test fails",
};

export function TestsTab({ ruleChainId, editor, activities }: TestsTabProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const path = `/api/ruleChain/${ruleChainId}`;
  const { data, error, refetch } = useQuery(testsQuery(ruleChainId));
  const reread = () => queries.invalidateQueries({ queryKey: testsQuery(ruleChainId).queryKey });
  const run = useMutation({
    mutationFn: () =>
      post<TestRun>(`${path}/tests/run`, editor.isChanged ? { metadata: editor.metadata() } : {}),
  });
  const erase = async (id: string) => {
    await remove(`${path}/tests/${id}`);
    await reread();
  };
  const outcome = (id: string) => run.data?.tests.find((each) => each.id === id);
  return (
    <Stack gap="md">
      <Text size="sm" className="faint">
        {t(
          "A test sends a message and says what must come of it. It is made of a message that went through.",
        )}
      </Text>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      {data?.map(({ id, name }) => (
        <div key={id}>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" fw={550}>
              {name}
            </Text>
            <Group gap="xs" wrap="nowrap">
              {outcome(id) && (
                <Badge variant="filled" tt="none" color={outcome(id)?.passed ? "teal.9" : "red.9"}>
                  {outcome(id)?.passed ? t("passed") : t("failed")}
                </Badge>
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("Delete {{name}}", { name })}
                onClick={() => void erase(id).catch(notifyFailed)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          </Group>
          {outcome(id)?.failures.map((failure) => (
            <Code key={failure} block mt={4}>
              {failure}
            </Code>
          ))}
        </div>
      ))}
      {data && data.length > 0 && (
        <Group>
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            {editor.isChanged ? t("Run them on what is not saved yet") : t("Run them")}
          </Button>
        </Group>
      )}
      {run.error && <Failure error={run.error} />}
      {run.data && (
        <Alert role="status" color={run.data.passed ? "teal" : "red"}>
          {run.data.passed ? t("All tests passed.") : t("Some tests failed.")}
        </Alert>
      )}
      <RecordTest path={path} activities={activities} onDone={reread} />
      <Gate path={path} ruleChainId={ruleChainId} />
    </Stack>
  );
}

interface RecordTestProps {
  path: string;
  activities: Activities;
  onDone: () => Promise<unknown>;
}

/// Makes a test of a message that went through lately.
function RecordTest({ path, activities, onDone }: RecordTestProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useState("");
  const recent = latestOf([...activities.values()]);
  const messageId = chosen || recent[0]?.id;
  const message = recent.find(({ id }) => id === messageId);
  const record = useMutation({
    mutationFn: async () => {
      // Where many messages pass, the one shown may be forgotten by now: without a choice, the very latest.
      const [latest] = chosen ? [] : latestOf((await get<RuleChainFigures>(`${path}/figures`)).nodes);
      const of = latest ?? message;
      return post(`${path}/tests/record`, {
        messageId: of?.id,
        name: `${of?.msgType ?? ""} ${JSON.stringify(of?.msg ?? "")}`.slice(0, 120),
      });
    },
    onSuccess: onDone,
    onError: notifyFailed,
  });
  if (recent.length === 0)
    return (
      <Text size="sm" className="faint">
        {t("No message went through lately, so there is none to make a test of.")}
      </Text>
    );
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        label={t("Make a test of")}
        flex={1}
        data={recent.map(({ id, msgType, msg }) => ({
          value: id,
          label: `${msgType} ${JSON.stringify(msg)}`.slice(0, 70),
        }))}
        value={messageId}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <Button variant="default" loading={record.isPending} onClick={() => record.mutate()}>
        {t("Keep it as a test")}
      </Button>
      {message && (
        <Text size="xs" className="faint" w="100%">
          <Time at={message.ts} />
        </Text>
      )}
    </Group>
  );
}

/// The messages that went through lately, the newest first.
function latestOf(nodes: { recent: RecentMessage[] }[]): RecentMessage[] {
  const byId = new Map(nodes.flatMap(({ recent }) => recent.map((each) => [each.id, each] as const)));
  return [...byId.values()].sort((a, b) => b.ts - a.ts).slice(0, shownMax);
}

function Gate({ path, ruleChainId }: { path: string; ruleChainId: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const queryKey = ["ruleChain", ruleChainId, "gate"];
  const { data } = useQuery({ queryKey, queryFn: () => get<{ mode: keyof typeof modes }>(`${path}/gate`) });
  const set = useMutation({
    mutationFn: (mode: string) => post(`${path}/gate`, { mode }),
    onError: notifyFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ["ruleChain", ruleChainId] }),
  });
  if (!data) return null;
  return (
    <NativeSelect
      label={t("When the chain is saved")}
      data={Object.entries(modes).map(([value, label]) => ({ value, label: t(label) }))}
      disabled={set.isPending}
      value={set.isPending ? set.variables : data.mode}
      onChange={(event) => set.mutate(event.currentTarget.value)}
    />
  );
}
