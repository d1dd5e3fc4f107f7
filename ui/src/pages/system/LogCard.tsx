/// The newest lines of the process's own log.
import { Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/http";
import { RowsLoading } from "../../shell/PageState";
import classes from "./LogCard.module.css";
import { Part } from "./Part";

interface LogLine {
  ts: number;
  level: string;
  logger: string;
  message: string;
  trouble: string;
}

const shownMax = 200;
const everyMs = 5_000;

export function LogCard() {
  const { t, i18n } = useTranslation();
  const [level, setLevel] = useState("INFO");
  const [search, setSearch] = useState("");
  const { data, error } = useQuery({
    queryKey: ["log", level],
    queryFn: ({ signal }) => get<LogLine[]>("/api/millrace/log", { level }, signal),
    refetchInterval: everyMs,
    retry: false,
  });
  const wanted = search.toLowerCase();
  const lines = (data ?? [])
    .filter(({ logger, message }) => `${logger} ${message}`.toLowerCase().includes(wanted))
    .slice(0, shownMax);
  return (
    <Part title={t("Log")}>
      <Group gap="xs" mb="sm">
        <NativeSelect
          aria-label={t("From which level")}
          data={[
            { value: "INFO", label: t("Everything") },
            { value: "WARN", label: t("Warnings and errors") },
            { value: "ERROR", label: t("Errors") },
          ]}
          value={level}
          onChange={(event) => setLevel(event.currentTarget.value)}
        />
        <TextInput
          type="search"
          aria-label={t("Find a line")}
          placeholder={t("Find a line…")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Group>
      {error && (
        <Text size="sm" className="faint">
          {error.message}
        </Text>
      )}
      {!data && !error && <RowsLoading rows={3} />}
      {data && lines.length === 0 && (
        <Text size="sm" className="faint">
          {t("No such line since the start.")}
        </Text>
      )}
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <ol className={classes.lines} aria-label={t("Log")} tabIndex={0}>
          {lines.map(({ ts, level: own, logger, message, trouble }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines of a moment may say the same
            <li key={`${ts} ${i}`} data-level={own}>
              <span className="numbers">
                {new Date(ts).toLocaleString(i18n.language, { hourCycle: "h23" })}
              </span>
              <b>{own}</b>
              <span className={classes.text}>
                <span className="faint">{logger}</span> {message}
                {trouble && <pre>{trouble}</pre>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}
