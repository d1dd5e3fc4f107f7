/// A node with very many or very large children: one page of them at a time, live where they are small.
import { Anchor, Button, Group, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { pathUrl, readValue, type Shape, windowOf } from "../../api/realtime";
import { Failure, RowsLoading } from "../../shell/PageState";
import classes from "./DatabasePage.module.css";
import { LiveTree } from "./LiveTree";
import { childPath, compareKeys, isBranch } from "./tree";
import { useDatabase } from "./useDatabase";

export const pageSize = 50;

interface LargeNodeProps {
  shape: Shape;
  origin: string;
  database: string;
  path: string;
}

export function LargeNode({ shape, origin, database, path }: LargeNodeProps) {
  const { t } = useTranslation();
  const [prefix, setPrefix] = useState("");
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const [last, setLast] = useState<string | null>(null);
  const window = windowOf(pages.at(-1) ?? null, prefix, pageSize);
  const place = { origin, database, path, window, onLast: setLast };
  return (
    <>
      <Group className={classes.address} justify="space-between">
        <Text size="sm" className="faint">
          {t("This node is large: it is shown {{size}} children at a time.", { size: pageSize })}
        </Text>
        <Group gap="xs">
          <TextInput
            size="xs"
            aria-label={t("Keys that begin with")}
            placeholder={t("Keys that begin with")}
            value={prefix}
            onChange={(event) => {
              setPrefix(event.currentTarget.value);
              setPages([null]);
            }}
          />
          <Button
            size="xs"
            variant="default"
            disabled={pages.length === 1}
            onClick={() => setPages(pages.slice(0, -1))}
          >
            {t("Previous")}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={last === null}
            onClick={() => setPages([...pages, last])}
          >
            {t("Next")}
          </Button>
        </Group>
      </Group>
      {shape === "window" ? <LivePage key={window} {...place} /> : <KeyPage {...place} />}
    </>
  );
}

interface PageProps {
  origin: string;
  database: string;
  path: string;
  window: string;
  onLast: (key: string | null) => void;
}

function lastOf(keys: string[]): string | null {
  return keys.length < pageSize ? null : (keys.sort(compareKeys).at(-1) ?? null);
}

function LivePage({ origin, database, path, window, onLast }: PageProps) {
  const [live] = useDatabase(origin, database, path, window);
  if (live.value === undefined) return <RowsLoading rows={8} />;
  const keys = isBranch(live.value) ? Object.keys(live.value) : [];
  queueMicrotask(() => onLast(lastOf(keys)));
  return <LiveTree live={live} origin={origin} database={database} path={path} />;
}

function KeyPage({ origin, database, path, window, onLast }: PageProps) {
  const url = `${pathUrl(origin, database, path)}&shallow=true${window.replace(/&orderBy=[^&]*/, "")}`;
  const { data, error, refetch } = useQuery({
    queryKey: ["realtime-keys", url],
    queryFn: async () => {
      const keys = Object.keys((await readValue(url)) ?? {}).sort(compareKeys);
      onLast(lastOf([...keys]));
      return keys;
    },
  });
  if (error) return <Failure error={error} onRetry={refetch} />;
  if (!data) return <RowsLoading rows={8} />;
  return (
    <ul className={classes.keys}>
      {data.map((key) => (
        <li key={key}>
          <Anchor
            component={Link}
            size="sm"
            to={`/realtime/${database}?path=${encodeURIComponent(childPath(path, key))}`}
          >
            {key}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}
