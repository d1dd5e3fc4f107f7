import "@mantine/core/styles/Table.css";
import { ActionIcon, Badge, Button, Stack, Table, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { get, remove } from "../../api/http";
import type { Page as Rows } from "../../api/types";
import { markAllRead, type Notification, useInbox } from "../../notifications/inbox";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { Time } from "../../text/Time";
import { Page } from "../Page";
import { RuleForm } from "./RuleForm";
import { type NotificationRule, rulesKey, ruleText } from "./rules";

const newest = { pageSize: 100, page: 0, sortProperty: "createdTime", sortOrder: "DESC" };

export function NotificationsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("Notifications")} hint={t("What you were told, and what people are told of.")}>
      <InboxPart />
      <RulesPart />
    </Page>
  );
}

function InboxPart() {
  const { t } = useTranslation();
  const inbox = useInbox();
  const { data, error, refetch } = useQuery({
    queryKey: ["notifications"],
    queryFn: () => get<Rows<Notification>>("/api/notifications", newest),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever has changed is read again
  useEffect(() => void refetch(), [inbox, refetch]);
  return (
    <Part
      title={t("Inbox")}
      actions={
        <Button
          size="xs"
          variant="default"
          disabled={!inbox || inbox.unread === 0}
          onClick={() => void markAllRead().catch(notifyFailed)}
        >
          {t("Mark all as read")}
        </Button>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={3} />}
      {data?.data.length === 0 && (
        <Text size="sm" className="faint">
          {t("Nothing yet. Rules below say what comes here.")}
        </Text>
      )}
      <Stack gap="sm">
        {data?.data.map((each) => (
          <div key={each.id.id}>
            <Text size="sm" fw={each.status === "READ" ? 400 : 700}>
              {each.subject}
            </Text>
            <Text size="sm">{each.text}</Text>
            <Text size="xs" className="faint">
              <Time at={each.createdTime} />
            </Text>
          </div>
        ))}
      </Stack>
    </Part>
  );
}

function RulesPart() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAdding, add] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: rulesKey,
    queryFn: () =>
      get<Rows<NotificationRule>>("/api/notification/rules", {
        pageSize: 100,
        page: 0,
        sortProperty: "name",
        sortOrder: "ASC",
      }),
  });
  const reread = () => queries.invalidateQueries({ queryKey: rulesKey });
  const erase = async (rule: NotificationRule) => {
    await remove(`/api/notification/rule/${rule.id.id}`);
    await reread();
    await notifyDone(t("{{name}} is deleted.", { name: rule.name }));
  };
  return (
    <Part
      title={t("Rules")}
      hint={t("Of what people are told. The API knows more: escalation, Slack, Teams, own templates.")}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => add(true)}
        >
          {t("New rule")}
        </Button>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {data?.data.length === 0 && (
        <Text size="sm" className="faint">
          {t("None yet.")}
        </Text>
      )}
      {data && data.data.length > 0 && (
        <Table aria-label={t("Rules")}>
          <Table.Tbody>
            {data.data.map((rule) => (
              <Table.Tr key={rule.id.id}>
                <Table.Td>{rule.name}</Table.Td>
                <Table.Td>{t(ruleText(rule.triggerType))}</Table.Td>
                <Table.Td>{!rule.enabled && <Badge color="gray">{t("Off")}</Badge>}</Table.Td>
                <Table.Td w={48}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("Delete {{name}}", { name: rule.name })}
                    onClick={() => void erase(rule).catch(notifyFailed)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {isAdding && <RuleForm onClose={() => add(false)} onDone={reread} />}
    </Part>
  );
}
