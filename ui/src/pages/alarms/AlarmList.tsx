/// Alarms, newest first, each with what it says, since when, and what can be done about it.
import { Badge, Button, Group, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { session } from "../../api/session";
import type { Alarm, AlarmStatus, Severity } from "../../api/types";
import { Time } from "../../text/Time";
import classes from "./AlarmList.module.css";
import { useAlarmActions } from "./useAlarmActions";

// What is behind a row is loaded when the first is opened.
const AlarmDetail = lazy(() => import("./AlarmDetail"));

interface AlarmListProps {
  alarms: Alarm[];
  /// Names the originator of each, where they are of several devices.
  hasOriginator?: boolean;
  /// What stands before each, as a box to choose it.
  before?: (alarm: Alarm) => ReactNode;
}

export function AlarmList({ alarms, hasOriginator = false, before }: AlarmListProps) {
  return (
    <ul className={classes.list}>
      {alarms.map((alarm) => (
        <AlarmRow key={alarm.id.id} alarm={alarm} hasOriginator={hasOriginator} before={before?.(alarm)} />
      ))}
    </ul>
  );
}

interface AlarmRowProps {
  alarm: Alarm;
  hasOriginator: boolean;
  before: ReactNode;
}

function AlarmRow({ alarm, hasOriginator, before }: AlarmRowProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isActive = alarm.status.startsWith("ACTIVE");
  return (
    <li className={classes.row} data-active={isActive || undefined} data-severity={alarm.severity}>
      <Group gap="sm" wrap="nowrap" align="flex-start" className={classes.line}>
        {before}
        <UnstyledButton className={classes.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <IconChevronRight size={16} className={classes.chevron} aria-hidden />
          <span className={classes.what}>
            <Text component="span" fw={600} size="sm">
              {alarm.type}
            </Text>
            <SeverityBadge severity={alarm.severity} isActive={isActive} />
            <Text component="span" size="sm" className="faint">
              {t(statusTexts[alarm.status])}
            </Text>
          </span>
        </UnstyledButton>
        {!session.isGuest() && <Actions alarm={alarm} />}
      </Group>
      <Text size="xs" className={`${classes.when} faint`} component="div">
        {hasOriginator && (
          <>
            <Originator alarm={alarm} />
            {" · "}
          </>
        )}
        {alarm.assignee && `${t("{{name}} looks after it", { name: alarm.assignee.email })} · `}
        {t("raised")} <Time at={alarm.startTs} />
        {isActive && alarm.endTs > alarm.startTs && (
          <>
            {" · "}
            {t("last")} <Time at={alarm.endTs} />
          </>
        )}
        {alarm.clearTs > 0 && (
          <>
            {" · "}
            {t("cleared")} <Time at={alarm.clearTs} />
          </>
        )}
      </Text>
      {isOpen && (
        <Suspense fallback={<Skeleton height={120} mt={8} />}>
          <AlarmDetail alarm={alarm} />
        </Suspense>
      )}
    </li>
  );
}

const statusTexts: Record<AlarmStatus, string> = {
  ACTIVE_UNACK: "Active, not acknowledged",
  ACTIVE_ACK: "Active, acknowledged",
  CLEARED_UNACK: "Cleared, not acknowledged",
  CLEARED_ACK: "Cleared, acknowledged",
};

const severityTexts: Record<Severity, string> = {
  CRITICAL: "Critical",
  MAJOR: "Major",
  MINOR: "Minor",
  WARNING: "Warning",
  INDETERMINATE: "Indeterminate",
};

export function SeverityBadge({ severity, isActive = true }: { severity: Severity; isActive?: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge className={classes.severity} data-severity={severity} data-past={!isActive || undefined} tt="none">
      {t(severityTexts[severity] ?? severity)}
    </Badge>
  );
}

function Originator({ alarm: { originator, originatorName } }: { alarm: Alarm }) {
  const name = originatorName ?? originator.id;
  if (originator.entityType !== "DEVICE") return name;
  return (
    <Link to="/devices/$deviceId" params={{ deviceId: originator.id }} className={classes.originator}>
      {name}
    </Link>
  );
}

function Actions({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation();
  const { acknowledge, clear } = useAlarmActions(alarm);
  return (
    <Group gap={4} wrap="nowrap" className={classes.actions}>
      {alarm.status.endsWith("UNACK") && (
        <Button
          size="compact-xs"
          variant="default"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate()}
        >
          {t("Acknowledge")}
        </Button>
      )}
      {alarm.status.startsWith("ACTIVE") && (
        <Button size="compact-xs" variant="default" loading={clear.isPending} onClick={() => clear.mutate()}>
          {t("Clear")}
        </Button>
      )}
    </Group>
  );
}
