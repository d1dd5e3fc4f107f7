import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { download } from "../../text/download";
import { type Change, changesBetween, parsed } from "./changes";
import classes from "./TopicsTab.module.css";
import type { SeenMessage } from "./useTopicHistory";

const shownMax = 50;

/// The messages seen since the panel was opened, each with what changed against the one before.
export function HistoryCard({ topic, seen }: { topic: string; seen: SeenMessage[] }) {
  const { t, i18n } = useTranslation();
  if (seen.length === 0) return null;
  const save = () =>
    download(
      `${topic}.json`,
      seen.map(({ at, payload }) => ({ at: new Date(at).toISOString(), payload: parsed(payload) })),
    );
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb={4}>
        <Title order={3} size="h6">
          {t("History since this was opened")}
        </Title>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={save}
        >
          {t("Save")}
        </Button>
      </Group>
      <ol className={classes.history} data-testid="history">
        {seen.slice(0, shownMax).map(({ at, payload, passed, messages }, i) => (
          <li key={messages}>
            <time className="numbers" dateTime={new Date(at).toISOString()}>
              {new Date(at).toLocaleTimeString(i18n.language, { hourCycle: "h23" })}
            </time>
            <div className={classes.change}>
              <Changes before={seen[i + 1]?.payload} after={payload} />
              {passed > 1 && (
                <Text span size="xs" className="faint">
                  {t("{{count}} messages since the one before", { count: passed })}
                </Text>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Changes({ before, after }: { before: string | undefined; after: string }) {
  const { t } = useTranslation();
  if (before === undefined) return <div>{after}</div>;
  const changes = changesBetween(before, after);
  if (changes.length === 0) return <div className="faint">{t("the same again")}</div>;
  return changes.map((change) => <ChangeLine key={change.path} change={change} />);
}

function ChangeLine({ change: { path, before, after } }: { change: Change }) {
  return (
    <div>
      {path && `${path}: `}
      {before !== undefined && <del>{textOf(before)}</del>}{" "}
      {after !== undefined && <ins>{textOf(after)}</ins>}
    </div>
  );
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
