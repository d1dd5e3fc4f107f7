/// Who changed what, latest first; each entry opens to what was sent.
import {
  Badge,
  Button,
  Card,
  Code,
  Group,
  NativeSelect,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { IconHistory, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityId } from "../../api/types";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import classes from "./AuditLog.module.css";
import { type AuditEntry, actions, actionText, auditQuery } from "./people";

export function AuditLog({ entity }: { entity?: EntityId }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [actionType, setAction] = useState("");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery({ text, actionType, ...(entity && { entity }) }),
  );
  const entries = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Card withBorder padding="md">
      <Group mb="md" gap="xs">
        <TextInput
          type="search"
          aria-label={t("Find by name or user")}
          placeholder={t("Find by name or user")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t("What was done")}
          data={[
            { value: "", label: t("Everything") },
            ...Object.entries(actions).map(([value, label]) => ({ value, label: t(label) })),
          ]}
          value={actionType}
          onChange={(event) => setAction(event.currentTarget.value)}
        />
      </Group>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading />}
      {data && entries.length === 0 && (
        <Empty icon={<IconHistory size={36} />} title={t("Nothing of that was done")} />
      )}
      <ul className={classes.list} aria-label={t("Audit log")}>
        {entries.map((entry) => (
          <Entry key={entry.id.id} entry={entry} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("Show more")}
        </Button>
      )}
    </Card>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isFailure = entry.actionStatus === "FAILURE";
  const isSelf = entry.entityName === entry.userName;
  return (
    <li>
      <UnstyledButton className={classes.entry} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Text component="span" size="sm" fw={550}>
          {entry.userName}
        </Text>
        <Text component="span" size="sm">
          {t(actionText(entry.actionType))}
        </Text>
        {!isSelf && (
          <Text component="span" size="sm" fw={550}>
            {entry.entityName ?? entry.entityId.entityType.toLowerCase().replaceAll("_", " ")}
          </Text>
        )}
        {isFailure && (
          <Badge color="red.9" variant="filled" tt="none">
            {t("refused")}
          </Badge>
        )}
        <Text component="span" size="xs" className={`faint ${classes.time}`}>
          <Time at={entry.createdTime} />
        </Text>
      </UnstyledButton>
      {isOpen && (
        <Code block mb="xs" className={classes.data}>
          {entry.actionFailureDetails ? `${entry.actionFailureDetails}\n` : ""}
          {JSON.stringify(entry.actionData, null, 2)}
        </Code>
      )}
    </li>
  );
}
