/// Who changed a path, when and how; any of those writes can be undone.
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type PastWrite, readHistory, undoWrite } from "../../api/realtime";
import type { Json } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import classes from "./DatabasePage.module.css";

const pageSize = 50;
const shownMax = 300;

interface HistoryPanelProps {
  origin: string;
  database: string;
  path: string;
}

export function HistoryPanel({ origin, database, path }: HistoryPanelProps) {
  const { t } = useTranslation();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["realtime-history", origin, database, path],
    queryFn: ({ pageParam }) => readHistory(origin, database, path, pageParam),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.id),
    refetchInterval: 5_000,
  });
  const undo = async (write: PastWrite) => {
    try {
      await undoWrite(origin, database, path, write.id);
      await notifyDone(t("{{path}} is what it was before that write.", { path }));
      await refetch();
    } catch (failure) {
      await notifyFailed(failure);
    }
  };
  if (error) return <Failure error={error} onRetry={refetch} />;
  if (!data) return <RowsLoading rows={6} />;
  const writes = data.pages.flat();
  return (
    <Stack p="md" gap="xs">
      <Text size="sm" className="faint">
        {t("Writes that changed {{path}}, the latest first. Undo sets it to what it was before.", { path })}
      </Text>
      {writes.length === 0 && <Text size="sm">{t("No kept write has changed this path.")}</Text>}
      <ul className={classes.history} aria-label={t("Writes")}>
        {writes.map((write) => (
          <li key={write.id} className={classes.past}>
            <Group gap="xs" className={classes.who}>
              <Time at={write.at} />
              <Text size="sm" span fw={600}>
                {write.by || t("nobody")}
              </Text>
            </Group>
            <span className={classes.change}>
              <Code>{shown(write.before)}</Code>
              {" \u2192 "}
              <Code>{shown(write.after)}</Code>
            </span>
            <Button
              size="compact-xs"
              variant="default"
              disabled={!write.known}
              title={write.known ? undefined : t("What it replaced was too large to be kept.")}
              onClick={() => void undo(write)}
            >
              {t("Undo")}
            </Button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button
          size="xs"
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className={classes.older}
        >
          {t("Older writes")}
        </Button>
      )}
    </Stack>
  );
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > shownMax ? `${text.slice(0, shownMax)}\u2026` : text;
}
