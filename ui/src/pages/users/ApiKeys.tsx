/// Keys with which programs sign in instead of a person.
import "@mantine/core/styles/Table.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import { ActionIcon, Alert, Badge, Button, Card, Group, Switch, Table, Text } from "@mantine/core";
import { IconKey, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { put, remove } from "../../api/http";
import { session } from "../../api/session";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { CopyButton } from "../../text/CopyButton";
import { Time } from "../../text/Time";
import { CreateKey, type NewKey } from "./CreateKey";
import { type ApiKey, apiKeysQuery } from "./people";
import { WhoseKeys } from "./WhoseKeys";

/// On the page of users: of the user in the address, the caller where none is named.
export function ApiKeys() {
  const { user } = useSearch({ from: "/inside/users" });
  const navigate = useNavigate({ from: "/users" });
  const own = session.caller()?.userId ?? "";
  const userId = user ?? own;
  const choose = (next: string) =>
    void navigate({ search: { tab: "keys", ...(next !== own && { user: next }) }, replace: true });
  return (
    <Card withBorder padding="md">
      <WhoseKeys userId={userId} onChoose={choose} />
      <KeysOf key={userId} userId={userId} />
    </Card>
  );
}

export function KeysOf({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const [isCreating, create] = useState(false);
  const [made, setMade] = useState<NewKey | null>(null);
  const { data, error, refetch } = useQuery(apiKeysQuery(userId));
  return (
    <>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      {made && <Shown made={made} onSeen={() => setMade(null)} />}
      {data?.data.length === 0 && !made && (
        <Empty icon={<IconKey size={36} />} title={t("No keys yet")}>
          <Text size="sm" className="faint">
            {t("A program sends one as X-Authorization: ApiKey …, and may do what its user may.")}
          </Text>
        </Empty>
      )}
      {data && data.data.length > 0 && <Keys keys={data.data} userId={userId} />}
      <Button
        mt="md"
        variant="light"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => create(true)}
      >
        {t("Make a key")}
      </Button>
      {isCreating && (
        <CreateKey
          userId={userId}
          onClose={() => create(false)}
          onMade={(key) => {
            setMade(key);
            create(false);
          }}
        />
      )}
    </>
  );
}

function Shown({ made, onSeen }: { made: NewKey; onSeen: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      icon={<IconKey />}
      title={t("Copy the key now: it is not shown again")}
      withCloseButton
      closeButtonLabel={t("Close")}
      onClose={onSeen}
      mb="md"
    >
      <Group gap="xs">
        <code style={{ overflowWrap: "anywhere" }}>{made.value}</code>
        <CopyButton text={made.value} hasLabel />
      </Group>
    </Alert>
  );
}

function Keys({ keys, userId }: { keys: ApiKey[]; userId: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const reread = () => queries.invalidateQueries({ queryKey: ["apiKeys", userId] });
  const enable = async (key: ApiKey, isEnabled: boolean) => {
    await put(`/api/apiKey/${key.id.id}/enabled/${isEnabled}`);
    await reread();
  };
  const erase = async (key: ApiKey) => {
    await remove(`/api/apiKey/${key.id.id}`);
    await reread();
    await notifyDone(t("{{name}} is deleted.", { name: key.description || t("The key") }));
  };
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label={t("API keys")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("What for")}</Table.Th>
            <Table.Th>{t("Made")}</Table.Th>
            <Table.Th>{t("Good until")}</Table.Th>
            <Table.Th>{t("On")}</Table.Th>
            <Table.Th aria-label={t("Actions")} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id.id}>
              <Table.Td>{key.description}</Table.Td>
              <Table.Td>
                <Time at={key.createdTime} />
              </Table.Td>
              <Table.Td>
                {key.expired ? (
                  <Badge variant="default" tt="none">
                    {t("run out")}
                  </Badge>
                ) : key.expirationTime === 0 ? (
                  t("it is deleted")
                ) : (
                  new Date(key.expirationTime).toLocaleDateString()
                )}
              </Table.Td>
              <Table.Td>
                <Switch
                  aria-label={t("{{name}} is good", { name: key.description || t("The key") })}
                  checked={key.enabled}
                  onChange={(event) => void enable(key, event.currentTarget.checked).catch(notifyFailed)}
                />
              </Table.Td>
              <Table.Td ta="end">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("Delete {{name}}", { name: key.description || t("The key") })}
                  onClick={() => void erase(key).catch(notifyFailed)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
