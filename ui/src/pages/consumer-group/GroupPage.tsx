import "@mantine/core/styles/Table.css";
import { Anchor, Button, Card, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { remove } from "../../api/http";
import { type ConsumerGroupDetail, groupPath, groupQuery } from "../../api/kafka";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure } from "../../shell/PageState";
import { countText } from "../../text/amounts";
import { Page } from "../Page";
import { stateText } from "../streams/GroupsTable";
import { ResetOffsets } from "./ResetOffsets";

export function GroupPage() {
  const { t } = useTranslation();
  const { group } = useParams({ from: "/inside/streams/groups/$group" });
  const { data, error, refetch } = useQuery(groupQuery(group));
  const [isResetting, setIsResetting] = useState(false);
  const drop = useDrop(group);
  const isIdle = data !== undefined && data.members.length === 0;
  return (
    <Page
      title={group}
      trail={
        <Anchor component={Link} to="/streams?tab=groups" size="sm">
          {t("Consumer groups")}
        </Anchor>
      }
      hint={data ? <Hint group={data} /> : <Skeleton w={180} h={18} />}
      actions={
        <>
          <Button variant="default" disabled={!data} onClick={() => setIsResetting(true)}>
            {t("Reset offsets")}
          </Button>
          <Button
            variant="default"
            disabled={!isIdle}
            loading={drop.isPending}
            title={isIdle ? "" : t("Only a group without members can be deleted.")}
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => drop.mutate()}
          >
            {t("Delete")}
          </Button>
        </>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {data && (
        <Stack>
          <OffsetsCard group={data} />
          <MembersCard group={data} />
          <ResetOffsets group={data} opened={isResetting} onClose={() => setIsResetting(false)} />
        </Stack>
      )}
    </Page>
  );
}

function Hint({ group }: { group: ConsumerGroupDetail }) {
  const { t, i18n } = useTranslation();
  const parts = [
    stateText(group.state),
    t("{{count}} members", { count: group.members.length }),
    t("lag {{lag}}", { lag: countText(group.lag, i18n.language) }),
  ];
  return (
    <Text size="sm" span>
      {parts.join(" · ")}
    </Text>
  );
}

function OffsetsCard({ group }: { group: ConsumerGroupDetail }) {
  const { t, i18n } = useTranslation();
  const number = (value: number | null) => (value === null ? "–" : value.toLocaleString(i18n.language));
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t("How far it has read")}
      </Title>
      {group.offsets.length === 0 && (
        <Text size="sm" className="faint">
          {t("Nothing is committed yet.")}
        </Text>
      )}
      {group.offsets.length > 0 && (
        <Table.ScrollContainer minWidth={420} type="native" tabIndex={0}>
          <Table aria-label={t("How far it has read")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("Topic")}</Table.Th>
                <Table.Th>{t("Partition")}</Table.Th>
                <Table.Th>{t("Committed")}</Table.Th>
                <Table.Th>{t("End")}</Table.Th>
                <Table.Th>{t("Lag")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {group.offsets.map((each) => (
                <Table.Tr key={`${each.topic} ${each.partition}`} className="numbers">
                  <Table.Td>
                    <Anchor
                      component={Link}
                      to={`/streams/topics/${encodeURIComponent(each.topic)}`}
                      size="sm"
                    >
                      {each.topic}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{each.partition}</Table.Td>
                  <Table.Td>{number(each.committed)}</Table.Td>
                  <Table.Td>{number(each.end)}</Table.Td>
                  <Table.Td fw={each.lag ? 650 : 400}>{number(each.lag)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}

function MembersCard({ group }: { group: ConsumerGroupDetail }) {
  const { t } = useTranslation();
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t("Members")}
      </Title>
      {group.members.length === 0 && (
        <Text size="sm" className="faint">
          {t("Nobody reads with this group just now.")}
        </Text>
      )}
      <Stack gap="xs">
        {group.members.map((member) => (
          <Group key={member.memberId} justify="space-between" gap="xs">
            <Text size="sm" fw={550} title={member.memberId}>
              {member.clientId}{" "}
              <Text span size="sm" className="faint" fw={400}>
                {member.host}
              </Text>
            </Text>
            <Text size="sm" className="faint">
              {member.partitions.map(({ topic, partition }) => `${topic}·${partition}`).join(", ")}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function useDrop(group: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => remove(groupPath(group)),
    onSuccess: async () => {
      await navigate({ to: "/streams", search: { tab: "groups" } });
      queries.removeQueries({ queryKey: groupQuery(group).queryKey });
      await queries.invalidateQueries({ queryKey: ["kafka", "groups"] });
      await notifyDone(t("{{group}} is deleted.", { group }));
    },
    onError: notifyFailed,
  });
}
