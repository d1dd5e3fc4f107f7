/// Every call of the public API, with a form to try it as the one who is signed in.
import "@mantine/core/styles/Accordion.css";
import {
  Accordion,
  Alert,
  Badge,
  Button,
  Card,
  Group,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconAlertTriangle, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, getPublic, post, put, remove } from "../../api/http";
import type { Json } from "../../api/types";
import { Failure, RowsLoading } from "../../shell/PageState";
import { JsonView } from "../../text/JsonView";
import { Page } from "../Page";
import { addressOf, type Call, callsOf, type Document, placesIn } from "./calls";

const shownMax = 60;

export function ApiPage() {
  const { t } = useTranslation();
  const { q = "" } = useSearch({ from: "/inside/api-explorer" });
  const navigate = useNavigate({ from: "/api-explorer" });
  const { data, error, refetch } = useQuery({
    queryKey: ["openapi"],
    queryFn: () => getPublic<Document>("/api/openapi.json"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = (data ? callsOf(data) : []).filter(({ path, summary, method }) =>
    q
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${method} ${path} ${summary}`.toLowerCase().includes(word)),
  );
  return (
    <Page
      title={t("API")}
      hint={
        <>
          {t("ThingsBoard's paths and shapes; the whole list for machines is")} <code>/api/openapi.json</code>
        </>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      <TextInput
        type="search"
        aria-label={t("Find a call")}
        placeholder={t("Find a call by path or what it does…")}
        value={q}
        onChange={(event) => {
          const next = event.currentTarget.value;
          void navigate({ search: next ? { q: next } : {}, replace: true });
        }}
      />
      <Card withBorder padding={0}>
        {!data && !error && <RowsLoading />}
        <Accordion order={2}>
          {found.slice(0, shownMax).map((call) => (
            <Accordion.Item key={`${call.method} ${call.path}`} value={nameOf(call)}>
              <Accordion.Control>
                <Group gap="sm">
                  <Badge variant="light" tt="none" w={76}>
                    {call.method}
                  </Badge>
                  <code>{call.path}</code>
                  <Text size="sm" className="faint">
                    {call.summary}
                  </Text>
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <TryIt call={call} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </Card>
      {found.length > shownMax && (
        <Text size="sm" className="faint">
          {t("{{shown}} of {{total}} are shown; type more of its name.", {
            shown: shownMax,
            total: found.length,
          })}
        </Text>
      )}
    </Page>
  );
}

function TryIt({ call }: { call: Call }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, string>>({});
  const [query, setQuery] = useState("");
  const [body, setBody] = useState("{}");
  const run = useMutation({ mutationFn: () => send(call, addressOf(call, values, query), body) });
  const hasBody = call.method === "POST" || call.method === "PUT";
  return (
    <Stack gap="xs">
      <Text size="xs" className="faint">
        {t("For: {{roles}}", { roles: call.authorities.join(", ") || t("everyone") })}
      </Text>
      {placesIn(call.path).map((name) => (
        <TextInput
          key={name}
          size="xs"
          label={name}
          value={values[name] ?? ""}
          onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
        />
      ))}
      <TextInput
        size="xs"
        label={t("Query")}
        placeholder="pageSize=10&page=0"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {hasBody && (
        <Textarea
          size="xs"
          label={t("Body")}
          autosize
          minRows={3}
          maxRows={14}
          spellCheck={false}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
      )}
      <Group>
        <Button
          size="xs"
          loading={run.isPending}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={() => run.mutate()}
        >
          {t("Call it")}
        </Button>
      </Group>
      <div aria-live="polite">
        {run.error && (
          <Alert color="red" icon={<IconAlertTriangle />}>
            {run.error.message}
          </Alert>
        )}
        {run.isSuccess && <JsonView value={run.data ?? null} />}
      </div>
    </Stack>
  );
}

async function send({ method }: Call, address: string, body: string): Promise<Json | undefined> {
  if (method === "GET") return get<Json>(address);
  if (method === "DELETE") {
    await remove(address);
    return undefined;
  }
  const content = JSON.parse(body) as Json;
  return method === "PUT" ? put<Json>(address, content) : post<Json>(address, content);
}

/// Without blanks, which an id may not hold.
function nameOf({ method, path }: Call): string {
  return `${method}${path.replaceAll(/[^A-Za-z0-9]/g, "-")}`;
}
