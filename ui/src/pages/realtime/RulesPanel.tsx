/// The security rules of a database: an editor that shows where they are wrong, and a simulator.
import { Button, Code, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readRules, type Simulated, simulate, writeRules } from "../../api/realtime";
import type { Json } from "../../api/types";
import { notifyDone } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import classes from "./DatabasePage.module.css";

interface RulesPanelProps {
  origin: string;
  database: string;
}

export function RulesPanel({ origin, database }: RulesPanelProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ["realtime-rules", origin, database],
    queryFn: () => readRules(origin, database),
    refetchOnWindowFocus: false,
  });
  if (error) return <Failure error={error} onRetry={refetch} />;
  return data === undefined ? <RowsLoading rows={6} /> : <Editor {...{ origin, database }} saved={data} />;
}

function Editor({ origin, database, saved }: RulesPanelProps & { saved: string }) {
  const { t } = useTranslation();
  const [rules, setRules] = useState(saved);
  const [fault, setFault] = useState<string | null>(null);
  const save = async () => {
    try {
      await writeRules(origin, database, rules);
      setFault(null);
      await notifyDone(t("The rules hold from now on."));
    } catch (failure) {
      setFault(String((failure as Error).message));
    }
  };
  return (
    <Stack p="md">
      <Textarea
        label={t("Security rules")}
        description={t("JSON with comments; live listeners are checked again when you save.")}
        classNames={{ input: classes.rules ?? "" }}
        autosize
        minRows={10}
        maxRows={40}
        spellCheck={false}
        value={rules}
        error={fault}
        onChange={(event) => setRules(event.currentTarget.value)}
      />
      <Group>
        <Button onClick={() => void save()}>{t("Save rules")}</Button>
      </Group>
      <Simulator origin={origin} database={database} rules={rules} />
    </Stack>
  );
}

function parsed(text: string): Json {
  return text.trim() === "" ? null : JSON.parse(text);
}

function Simulator({ origin, database, rules }: RulesPanelProps & { rules: string }) {
  const { t } = useTranslation();
  const [method, setMethod] = useState("get");
  const [path, setPath] = useState("/");
  const [auth, setAuth] = useState('{"uid": "ann"}');
  const [data, setData] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [result, setResult] = useState<Simulated | null>(null);
  const run = async () => {
    try {
      const asked = { method, path, rules, auth: parsed(auth), data: parsed(data) };
      setResult(await simulate(origin, database, asked));
      setFault(null);
    } catch (failure) {
      setResult(null);
      setFault(String((failure as Error).message));
    }
  };
  return (
    <Stack gap="xs">
      <Text fw={600}>{t("Try the rules above")}</Text>
      <Group align="end">
        <NativeSelect
          label={t("Operation")}
          data={["get", "set", "update", "delete"]}
          value={method}
          onChange={(event) => setMethod(event.currentTarget.value)}
        />
        <TextInput label={t("Path")} value={path} onChange={(event) => setPath(event.currentTarget.value)} />
        <TextInput
          label={t("auth, as JSON; empty for nobody")}
          value={auth}
          onChange={(event) => setAuth(event.currentTarget.value)}
        />
        {(method === "set" || method === "update") && (
          <TextInput
            label={t("Data, as JSON")}
            value={data}
            onChange={(event) => setData(event.currentTarget.value)}
          />
        )}
        <Button variant="default" onClick={() => void run()}>
          {t("Run")}
        </Button>
      </Group>
      {fault && (
        <Text c="red" size="sm" role="alert">
          {fault}
        </Text>
      )}
      {result && <Verdict result={result} />}
    </Stack>
  );
}

function Verdict({ result }: { result: Simulated }) {
  const { t } = useTranslation();
  const decided = result.steps.at(-1);
  return (
    <div role="status">
      <Text fw={600} c={result.allowed ? "var(--ok)" : "red"}>
        {result.allowed ? t("Allowed") : t("Denied")}
        {decided === undefined && ` – ${t("no rule stands on this path")}`}
      </Text>
      {result.steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name and never move
        <Text size="sm" key={i}>
          {step.result ? "✓" : "✗"} {t("line {{line}}", { line: step.line })} <b>{step.path}</b> {step.kind}{" "}
          <Code>{step.rule}</Code> {step.error}
        </Text>
      ))}
    </div>
  );
}
