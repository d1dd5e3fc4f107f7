import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Drawer.css";
import { Button, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { IconPlugX, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { remove } from "../../api/http";
import { clientPath, clientQuery, type MqttClientDetail, sessionPath } from "../../api/mqtt";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { bytesText, countText } from "../../text/amounts";
import { Time } from "../../text/Time";
import classes from "./ClientDrawer.module.css";

/// One client: how it is connected, what it subscribes to, and the way to end it.
export function ClientDrawer({ clientId, onClose }: { clientId: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQuery({ ...clientQuery(clientId ?? ""), enabled: clientId !== null });
  return (
    <Drawer
      opened={clientId !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={clientId}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      {client.error && <Failure error={client.error} onRetry={client.refetch} />}
      {!client.data && !client.error && <RowsLoading rows={4} />}
      {client.data && !client.error && <Detail client={client.data} onGone={onClose} />}
    </Drawer>
  );
}

function Detail({ client, onGone }: { client: MqttClientDetail; onGone: () => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const end = useEnding(onGone);
  const traffic = (count: number, bytes: number) =>
    `${countText(count, language)} (${bytesText(bytes, language)})`;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconPlugX size={16} aria-hidden />}
          disabled={!client.connected}
          onClick={() =>
            void end(
              clientPath(client.clientId),
              t("{{client}} is disconnected.", { client: client.clientId }),
            )
          }
        >
          {t("Disconnect")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() =>
            void end(
              sessionPath(client.clientId),
              t("The session of {{client}} is deleted.", { client: client.clientId }),
            )
          }
        >
          {t("Delete the session")}
        </Button>
      </Group>
      <dl className={classes.facts}>
        <Fact name={t("State")}>{client.connected ? t("Connected") : t("Away")}</Fact>
        {client.connectedSince > 0 && (
          <Fact name={t("Since")}>
            <Time at={client.connectedSince} />
          </Fact>
        )}
        <Fact name={t("User")}>{client.user || t("none")}</Fact>
        <Fact name={t("Address")}>{client.address}</Fact>
        <Fact name={t("Protocol")}>{client.protocol}</Fact>
        <Fact name={t("Keep alive")}>{t("{{seconds}} s", { seconds: client.keepAlive })}</Fact>
        <Fact name={t("Session expiry")}>{t("{{seconds}} s", { seconds: client.sessionExpiry })}</Fact>
        <Fact name={t("Received")}>{traffic(client.received, client.receivedBytes)}</Fact>
        <Fact name={t("Sent")}>{traffic(client.sent, client.sentBytes)}</Fact>
        <Fact name={t("Waiting")}>{traffic(client.queued, client.queuedBytes)}</Fact>
      </dl>
      <div>
        <Title order={3} size="h6" mb={4}>
          {t("Subscribed to")}
        </Title>
        {client.filters.length === 0 && (
          <Text size="sm" className="faint">
            {t("Nothing.")}
          </Text>
        )}
        <ul className={classes.filters}>
          {client.filters.map(({ filter, qos, share }) => (
            <li key={`${share} ${filter}`}>
              <code>{share ? `$share/${share}/${filter}` : filter}</code>
              <span className="faint">{t("QoS {{qos}}", { qos })}</span>
            </li>
          ))}
        </ul>
      </div>
    </Stack>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/// Ends a connection or a session; a client that wants to connects again by itself, so nothing is asked first.
function useEnding(onGone: () => void) {
  const queries = useQueryClient();
  return async (path: string, done: string) => {
    try {
      await remove(path);
      onGone();
      await queries.invalidateQueries({ queryKey: ["mqtt"] });
      await notifyDone(done);
    } catch (failure) {
      await notifyFailed(failure);
    }
  };
}
