/// All of one alarm: what it says, why it was raised, who looks after it, and what was said of it.
import { Button, Code, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../../api/http";
import type { Alarm, EntityId, Json, Page } from "../../api/types";
import { notifyFailed } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { Time } from "../../text/Time";
import classes from "./AlarmDetail.module.css";

interface Reason {
  ts: number;
  change: string;
  severity: string;
  user?: string;
  message?: { id: string; ts: number; type: string; msg: Json };
  chain?: { id: string; name: string; version: number };
  node?: { id: string; name: string };
  path?: { id: string; name: string; chainId: string; connection: string }[];
  rule?: { values?: Json };
  values?: Json;
}

interface Comment {
  id: { id: string };
  createdTime: number;
  type: "SYSTEM" | "OTHER";
  comment: { text?: string };
  email: string | null;
}

interface Assignee {
  id: EntityId;
  email: string;
}

const all = { pageSize: 100, page: 0 };

export default function AlarmDetail({ alarm }: { alarm: Alarm }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} className={classes.detail}>
      <Stack gap="md">
        <Why alarm={alarm} />
        <Details details={alarm.details ?? null} />
      </Stack>
      <Stack gap="md">
        <LooksAfter alarm={alarm} />
        <Comments alarm={alarm} />
      </Stack>
    </SimpleGrid>
  );
}

const changes: Record<string, string> = {
  CREATED: "Raised",
  UPDATED: "Seen again",
  SEVERITY_UPDATED: "Severity changed",
  ACKNOWLEDGED: "Acknowledged",
  CLEARED: "Cleared",
  ASSIGNED: "Assigned",
  UNASSIGNED: "No longer assigned",
};

function Why({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ["alarms", alarm.id.id, "why", alarm.endTs, alarm.clearTs],
    queryFn: () => get<Reason[]>(`/api/alarm/${alarm.id.id}/why`),
  });
  return (
    <Section title={t("Why")}>
      {error && <Failure error={error} onRetry={refetch} />}
      {data?.length === 0 && (
        <Text size="sm" className="faint">
          {t("Nothing is kept of how it came about.")}
        </Text>
      )}
      <ol className={classes.reasons}>
        {data?.map((reason) => (
          <li key={`${reason.ts} ${reason.change}`}>
            <Text size="sm" fw={550} component="div">
              {t(changes[reason.change] ?? reason.change)} <Time at={reason.ts} />
              {reason.user && ` · ${reason.user}`}
            </Text>
            {reason.chain && (
              <Text size="xs" component="div" className="faint">
                <Link
                  to="/ruleChains/$ruleChainId"
                  params={{ ruleChainId: reason.chain.id }}
                  search={reason.node ? { node: reason.node.id } : {}}
                  className={classes.link}
                >
                  {reason.chain.name}
                  {reason.node && ` › ${reason.node.name}`}
                </Link>{" "}
                {t("version {{version}}", { version: reason.chain.version })}
              </Text>
            )}
            {reason.path && reason.path.length > 0 && (
              <Text size="xs" component="div" className={`${classes.path} faint`}>
                {reason.path.map(({ name, connection }) => `${name} —${connection}→`).join(" ")}{" "}
                {reason.node?.name}
              </Text>
            )}
            {reason.message && (
              <Code block className={classes.message}>
                {JSON.stringify(reason.message.msg)}
              </Code>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Details({ details }: { details: Json }) {
  const { t } = useTranslation();
  if (details === null || (typeof details === "object" && Object.keys(details).length === 0)) return null;
  return (
    <Section title={t("Details")}>
      <Code block>{JSON.stringify(details, null, 2)}</Code>
    </Section>
  );
}

function LooksAfter({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ["alarms", "assignees", alarm.id.id],
    queryFn: () => get<Page<Assignee>>(`/api/users/assign/${alarm.id.id}`, all),
  });
  const assign = useMutation({
    mutationFn: (userId: string) =>
      userId === ""
        ? remove(`/api/alarm/${alarm.id.id}/assign`)
        : post(`/api/alarm/${alarm.id.id}/assign/${userId}`),
    onError: notifyFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ["alarms"] }),
  });
  return (
    <NativeSelect
      label={t("Who looks after it")}
      disabled={assign.isPending || !data}
      data={[
        { value: "", label: t("Nobody yet") },
        ...(data?.data ?? []).map(({ id, email }) => ({ value: id.id, label: email })),
      ]}
      value={assign.isPending ? assign.variables : (alarm.assigneeId?.id ?? "")}
      onChange={(event) => assign.mutate(event.currentTarget.value)}
    />
  );
}

function Comments({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const path = `/api/alarm/${alarm.id.id}/comment`;
  const queryKey = ["alarms", alarm.id.id, "comments"];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => get<Page<Comment>>(path, { ...all, sortProperty: "createdTime", sortOrder: "ASC" }),
  });
  const say = useMutation({
    mutationFn: () => post(path, { comment: { text: text.trim() } }),
    onSuccess: () => setText(""),
    onError: notifyFailed,
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") say.mutate();
  };
  return (
    <Section title={t("Comments")}>
      {error && <Failure error={error} onRetry={refetch} />}
      <ul className={classes.comments}>
        {data?.data.map(({ id, email, comment, createdTime, type }) => (
          <li key={id.id}>
            <Text size="xs" component="div" className="faint">
              {type === "SYSTEM" ? t("Millrace") : email} · <Time at={createdTime} />
            </Text>
            <Text size="sm">{comment.text}</Text>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t("A comment")}
            placeholder={t("Say what you found or did…")}
            maxLength={2_000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={say.isPending} disabled={text.trim() === ""}>
            {t("Comment")}
          </Button>
        </Group>
      </form>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      {children}
    </section>
  );
}
