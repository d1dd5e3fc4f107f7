/// What happened to a device: alarms, what people did to it, and its raw messages as they came in.
import { Card, Code, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconBell, IconBellCheck, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import { deviceAlarmsQuery } from "../../api/queries";
import { Failure, RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import { type AuditEntry, actionText } from "../users/people";
import classes from "./TimelineTab.module.css";
import { type Happening, happeningsOf, type RawMessage } from "./timeline";

const entriesMax = 100;
const messagesMax = 100;
const everyMs = 5_000;

export function TimelineTab({ deviceId }: { deviceId: string }) {
  return (
    <Stack gap="md">
      <Happenings deviceId={deviceId} />
      <Messages deviceId={deviceId} />
    </Stack>
  );
}

function Happenings({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const alarms = useQuery(deviceAlarmsQuery(deviceId));
  const audit = useQuery({
    queryKey: ["audit", "DEVICE", deviceId],
    queryFn: ({ signal }) =>
      get<{ data: AuditEntry[] }>(
        `/api/audit/logs/entity/DEVICE/${deviceId}`,
        { pageSize: entriesMax, page: 0, sortProperty: "createdTime", sortOrder: "DESC" },
        signal,
      ),
    retry: false,
  });
  const isLoaded = alarms.data !== undefined && !audit.isPending;
  const all = happeningsOf(alarms.data?.data ?? [], audit.data?.data ?? []).slice(0, entriesMax);
  return (
    <Card withBorder padding="md" component="section" aria-label={t("Timeline")}>
      <Title order={2} size="h5" mb="sm">
        {t("Timeline")}
      </Title>
      {alarms.error && <Failure error={alarms.error} onRetry={alarms.refetch} />}
      {!isLoaded && !alarms.error && <RowsLoading rows={3} />}
      {isLoaded && all.length === 0 && (
        <Text size="sm" className="faint">
          {t("Nothing has happened to it yet.")}
        </Text>
      )}
      <ol className={classes.list}>
        {all.map((happening) => (
          <Entry key={`${happening.ts} ${happening.kind} ${happening.what}`} happening={happening} />
        ))}
      </ol>
    </Card>
  );
}

const icons = { raised: IconBell, cleared: IconBellCheck, done: IconUser, refused: IconAlertTriangle };

function Entry({ happening: { kind, what, who, ts } }: { happening: Happening }) {
  const { t } = useTranslation();
  const Icon = icons[kind];
  const texts = {
    raised: t("Alarm raised: {{what}}", { what }),
    cleared: t("Alarm cleared: {{what}}", { what }),
    done: t("{{who}} {{what}} it", { who, what: t(actionText(what)) }),
    refused: t("Refused: {{who}} {{what}} it", { who, what: t(actionText(what)) }),
  };
  return (
    <li data-kind={kind}>
      <Icon size={18} stroke={1.6} aria-hidden />
      <Text component="span" size="sm" flex={1}>
        {texts[kind]}
      </Text>
      <Text component="span" size="xs" className="faint">
        <Time at={ts} />
      </Text>
    </li>
  );
}

function Messages({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ["messages", deviceId],
    queryFn: ({ signal }) =>
      get<{ isKept: boolean; messages: RawMessage[] }>(
        `/api/millrace/messages/DEVICE/${deviceId}`,
        { limit: messagesMax },
        signal,
      ),
    refetchInterval: everyMs,
  });
  return (
    <Card withBorder padding="md" component="section" aria-label={t("Raw messages")}>
      <Title order={2} size="h5" mb="sm">
        {t("Raw messages")}
      </Title>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={3} />}
      {data && !data.isKept && (
        <Text size="sm" className="faint">
          {t("Messages of devices are not kept: messages.devices is off.")}
        </Text>
      )}
      {data?.isKept && data.messages.length === 0 && (
        <Text size="sm" className="faint">
          {t("None is kept of this device.")}
        </Text>
      )}
      <ol className={classes.list}>
        {data?.messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
    </Card>
  );
}

function Message({ message: { ts, receivedAt, type, msg, metadata } }: { message: RawMessage }) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <div className={classes.message}>
        <UnstyledButton className={classes.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span className="numbers">
            {new Date(receivedAt).toLocaleTimeString(i18n.language, { hourCycle: "h23" })}
          </span>
          <code className={classes.body}>{JSON.stringify(msg)}</code>
        </UnstyledButton>
        {isOpen && (
          <>
            <Group gap="xs" my={4}>
              <Text size="xs" className="faint">
                {type}
              </Text>
              {ts !== receivedAt && (
                <Text size="xs" className="faint">
                  {t("its own time")} <Time at={ts} />
                </Text>
              )}
            </Group>
            <Code block>{JSON.stringify({ msg, metadata }, null, 2)}</Code>
          </>
        )}
      </div>
    </li>
  );
}
