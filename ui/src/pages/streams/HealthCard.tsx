/// How Kafka stands, and where it does not stand well, what to do.
import { Card, Group, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { KafkaHealth, KafkaState } from "../../api/kafka";
import { CopyButton } from "../../text/CopyButton";
import { Time } from "../../text/Time";
import classes from "./HealthCard.module.css";

export function HealthCard({ health }: { health: KafkaHealth }) {
  const { t } = useTranslation();
  const { state, mode, bootstrapServers, brokers = [], error, since } = health;
  return (
    <Card withBorder padding="md" className={classes.card} data-state={state}>
      <Group gap="md" justify="space-between">
        <Group gap="xs" role="status">
          {state === "STARTING" && <Loader size="xs" aria-hidden />}
          <Text fw={650}>{t(titles[state])}</Text>
          {since !== undefined && since > 0 && (
            <Text size="sm" className="faint">
              <Time at={since} />
            </Text>
          )}
        </Group>
        {state !== "OFF" && bootstrapServers && (
          <Group gap={4} wrap="nowrap">
            <Text size="sm" className={classes.address}>
              {bootstrapServers}
            </Text>
            <CopyButton text={bootstrapServers} />
          </Group>
        )}
      </Group>
      {state === "UP" && (
        <Text size="sm" className="faint">
          {mode === "embedded"
            ? t("The broker runs inside Millrace; any Kafka client reaches it at this address.")
            : t("An external cluster; {{count}} brokers answer.", { count: brokers.length })}
        </Text>
      )}
      {state !== "UP" && (
        <Text size="sm" mt={4}>
          {error || t(cures[state])}
        </Text>
      )}
    </Card>
  );
}

const titles: Record<KafkaState, string> = {
  OFF: "Kafka is switched off",
  STARTING: "Kafka is starting",
  UP: "Kafka is up",
  DOWN: "Kafka does not answer",
  FAILED: "Kafka has failed",
};

const cures: Record<Exclude<KafkaState, "UP">, string> = {
  OFF: "To have a broker inside Millrace, set kafka.embedded=true; to use yours, set kafka.bootstrap.servers. Then start Millrace again.",
  STARTING: "This takes a few seconds; everything else works meanwhile.",
  DOWN: "Check that the brokers run and that kafka.bootstrap.servers names them. Millrace goes on trying and catches up by itself.",
  FAILED: "The log says why. The rest of Millrace goes on; start Millrace again when the cause is gone.",
};
