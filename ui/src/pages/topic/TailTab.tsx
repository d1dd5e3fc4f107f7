/// A topic's records as they come, the newest on top.
import { Button, Card, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TopicStreamState } from "../../live/topicStream";
import { countText, rateText } from "../../text/amounts";
import { TailList } from "./TailList";
import { type Tail, useTail } from "./useTail";

export function TailTab({ topic }: { topic: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [contains] = useDebouncedValue(typed.trim(), 300);
  const tail = useTail({ topic, from: "latest", ...(contains && { contains }) });
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <TextInput
          type="search"
          aria-label={t("Only records that contain")}
          placeholder={t("Only records that contain…")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <TailControls tail={tail} />
      </Group>
      <Card withBorder padding={0}>
        <TailList topic={topic} records={tail.records} />
      </Card>
      <TailFigures tail={tail} />
    </Stack>
  );
}

export function TailControls({ tail }: { tail: Tail }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <StreamBadge state={tail.state} isPaused={tail.isPaused} />
      <Button
        variant="default"
        leftSection={
          tail.isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
        }
        onClick={() => tail.pause(!tail.isPaused)}
      >
        {tail.isPaused ? t("Resume") : t("Pause")}
      </Button>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={tail.clear}>
        {t("Clear")}
      </Button>
    </Group>
  );
}

function StreamBadge({ state, isPaused }: { state: TopicStreamState; isPaused: boolean }) {
  const { t } = useTranslation();
  const text = () => {
    if (state.phase === "connecting") return t("Connecting…");
    if (state.phase === "waiting") return state.reason ?? t("Connection lost; trying again…");
    return isPaused ? t("Paused") : t("Live");
  };
  return (
    <Text size="sm" fw={600} role="status" data-testid="stream-state">
      {text()}
    </Text>
  );
}

/// How many came, how many of them were not sent here, and how fast.
export function TailFigures({ tail }: { tail: Tail }) {
  const { t, i18n } = useTranslation();
  const { received, sampledOut, perSecond } = tail.figures;
  const number = (count: number) => countText(count, i18n.language);
  return (
    <Text size="sm" className="faint numbers" data-testid="tail-figures">
      {t("{{count}} records received", { count: received, formatted: number(received) })}
      {` · ${rateText(perSecond, i18n.language)}`}
      {sampledOut > 0 &&
        ` · ${t("{{formatted}} not shown: they came faster than this page reads", { formatted: number(sampledOut) })}`}
      {received > tail.records.length &&
        ` · ${t("the newest {{kept}} are here", { kept: number(tail.records.length) })}`}
    </Text>
  );
}
