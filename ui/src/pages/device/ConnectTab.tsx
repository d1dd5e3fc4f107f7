import { Alert, Card, Group, Loader, Skeleton, Stack, Tabs, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { credentialsQuery, infoQuery } from "../../api/queries";
import type { DeviceCredentials } from "../../api/types";
import { useLatest } from "../../live";
import { Failure } from "../../shell/PageState";
import { CopyButton } from "../../text/CopyButton";
import { Time } from "../../text/Time";
import { AddressesCard } from "./AddressesCard";
import classes from "./ConnectTab.module.css";
import { snippets } from "./snippets";

export function ConnectTab({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const { data: credentials, error, refetch } = useQuery(credentialsQuery(deviceId));
  if (error) return <Failure error={error} onRetry={refetch} />;
  if (!credentials) return <Skeleton height={360} />;
  return (
    <Stack>
      <Arrival deviceId={deviceId} />
      <Card withBorder padding="md">
        <Title order={2} size="h5" mb="xs">
          {t("Credentials")}
        </Title>
        <Credentials credentials={credentials} />
      </Card>
      {credentials.credentialsType === "ACCESS_TOKEN" && (
        <Card withBorder padding="md">
          <Title order={2} size="h5" mb="xs">
            {t("Send a first message")}
          </Title>
          <Snippets token={credentials.credentialsId} />
        </Card>
      )}
      <AddressesCard deviceId={deviceId} />
    </Stack>
  );
}

/// Waits for the first message, or says when the last one came.
function Arrival({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const latest = useLatest(deviceId);
  if (!latest) return <Skeleton height={52} />;
  const last = Math.max(...[...latest.values()].map(({ ts }) => ts));
  return latest.size === 0 ? (
    <Alert role="status" icon={<Loader size="xs" aria-hidden />} className={classes.arrival}>
      {t("Waiting for the first message of this device…")}
    </Alert>
  ) : (
    <Alert role="status" icon={<IconCircleCheck />} className={classes.arrived}>
      {t("Connected: the last message came")} <Time at={last} />.
    </Alert>
  );
}

function Credentials({ credentials }: { credentials: DeviceCredentials }) {
  const { t } = useTranslation();
  switch (credentials.credentialsType) {
    case "ACCESS_TOKEN":
      return <Secret label={t("Access token (the MQTT user name)")} value={credentials.credentialsId} />;
    case "MQTT_BASIC":
      return (
        <Text size="sm">{t("This device signs in with client identifier, user name and password.")}</Text>
      );
    case "X509_CERTIFICATE":
      return <Secret label={t("Fingerprint of its certificate")} value={credentials.credentialsId} />;
  }
}

function Secret({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm" className="faint">
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <code className={classes.secret}>{value}</code>
        <CopyButton text={value} />
      </Group>
    </div>
  );
}

function Snippets({ token }: { token: string }) {
  const { t } = useTranslation();
  const mqttPort = useQuery(infoQuery).data?.mqtt?.port ?? 1883;
  const address = { host: location.hostname, httpOrigin: location.origin, mqttPort, token };
  return (
    <Tabs defaultValue="curl" variant="outline">
      <Tabs.List mb="sm" aria-label={t("Language")}>
        {snippets.map(({ title }) => (
          <Tabs.Tab key={title} value={title}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ title, needs, code }) => (
        <Tabs.Panel key={title} value={title}>
          <Group justify="space-between" mb={6}>
            <Text size="sm" className="faint">
              {needs && t("Needs: {{needs}}", { needs })}
            </Text>
            <CopyButton text={code(address)} hasLabel />
          </Group>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className={classes.code} tabIndex={0}>
            {code(address)}
          </pre>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
