/// The parts of the first page that say how the house does: slow nodes, the disk, what people did.
import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import { storageQuery } from "../../api/storage";
import type { Page } from "../../api/types";
import { RowsLoading } from "../../shell/PageState";
import { bytesText } from "../../text/amounts";
import { Time } from "../../text/Time";
import { type AuditEntry, actionText } from "../users/people";
import classes from "./HomePage.module.css";
import { useSlowest } from "./slowest";

const eventsShown = 6;
const eventsEveryMs = 5_000;

export function SlowestNodes() {
  const { t, i18n } = useTranslation();
  const slowest = useSlowest();
  if (!slowest) return <RowsLoading rows={3} />;
  if (slowest.length === 0)
    return (
      <Text size="sm" className="faint">
        {t("No message has passed a node yet.")}
      </Text>
    );
  const most = slowest[0]?.microseconds ?? 1;
  return (
    <ul className={classes.rows}>
      {slowest.map(({ chainId, nodeId, name, microseconds }) => (
        <li key={nodeId} className={classes.slow}>
          <Anchor component={Link} to={`/ruleChains/${chainId}?node=${nodeId}`} size="sm" fw={550} truncate>
            {name}
          </Anchor>
          <span className={classes.bar} aria-hidden>
            <span style={{ inlineSize: `${Math.max(2, (100 * microseconds) / most)}%` }} />
          </span>
          <Text component="span" size="sm" className="numbers">
            {t("{{time}} µs", { time: Math.round(microseconds).toLocaleString(i18n.language) })}
          </Text>
        </li>
      ))}
    </ul>
  );
}

/// How long the disk lasts, in a few words; nothing where this account may not see it.
export function DiskLeft() {
  const { t, i18n } = useTranslation();
  const { data } = useQuery({ ...storageQuery, retry: false });
  if (data?.usedBytes === undefined) return null;
  const used = t("{{bytes}} used", { bytes: bytesText(data.usedBytes, i18n.language) });
  const free = t("{{bytes}} free", { bytes: bytesText(data.freeBytes ?? 0, i18n.language) });
  return `${used}, ${free}`;
}

export function useDaysLeft(): string | undefined {
  const { t, i18n } = useTranslation();
  const { data, error } = useQuery({ ...storageQuery, retry: false });
  if (error) return "–";
  if (!data) return undefined;
  if (data.trouble) return t("full");
  return data.daysLeft === undefined
    ? t("many")
    : Math.floor(data.daysLeft).toLocaleString(i18n.language, { notation: "compact" });
}

export function RecentEvents() {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ["audit", "recent"],
    queryFn: ({ signal }) =>
      get<Page<AuditEntry>>(
        "/api/audit/logs",
        { pageSize: eventsShown, page: 0, sortProperty: "createdTime", sortOrder: "DESC" },
        signal,
      ),
    refetchInterval: eventsEveryMs,
    retry: false,
  });
  if (error)
    return (
      <Text size="sm" className="faint">
        {error.message}
      </Text>
    );
  if (!data) return <RowsLoading rows={3} />;
  return (
    <ul className={classes.rows}>
      {data.data.map(({ id, createdTime, userName, actionType, entityName, actionStatus }) => (
        <li key={id.id} className={classes.event}>
          <Text component="span" size="sm">
            <b>{userName}</b> {t(actionText(actionType))} {entityName !== userName && entityName}
            {actionStatus === "FAILURE" && ` (${t("refused")})`}
          </Text>
          <Text component="span" size="xs" className="faint">
            <Time at={createdTime} />
          </Text>
        </li>
      ))}
    </ul>
  );
}
