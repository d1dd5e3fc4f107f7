/// How the process itself does: health, disk, calls that were given up, and every count there is.
import "@mantine/core/styles/Table.css";
import { Badge, Button, Group, SimpleGrid, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, getPublic, post, remove } from "../../api/http";
import { countersQuery, infoQuery } from "../../api/queries";
import type { Json } from "../../api/types";
import { notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { rateText } from "../../text/amounts";
import { Page } from "../Page";
import { BackupCard } from "./BackupCard";
import { LogCard } from "./LogCard";
import { Part } from "./Part";
import { StorageCard } from "./StorageCard";
import { useRates } from "./useRates";

interface Health {
  status: string;
  diskSyncMs?: number;
  [part: string]: Json | undefined;
}

interface DeadLetter {
  id: string | number;
  reason?: string;
  [other: string]: Json | undefined;
}

const healthQuery = {
  queryKey: ["health"],
  queryFn: () => getPublic<Health>("/health"),
  refetchInterval: 5_000,
};
const deadLettersQuery = {
  queryKey: ["deadLetters"],
  queryFn: () => get<DeadLetter[]>("/api/millrace/deadLetters"),
  refetchInterval: 10_000,
};

export function SystemPage() {
  const { t } = useTranslation();
  const { version } = useQuery(infoQuery).data ?? {};
  return (
    <Page title={t("System")} hint={version && t("Millrace {{version}}", { version })}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <HealthCard />
        <StorageCard />
      </SimpleGrid>
      <BackupCard />
      <DeadLetters />
      <LogCard />
      <Counters />
    </Page>
  );
}

function HealthCard() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(healthQuery);
  const parts = Object.entries(data ?? {}).filter(([, value]) => typeof value === "string");
  return (
    <Part title={t("Health")}>
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      <Stack gap={6}>
        {parts.map(([part, state]) => (
          <Group key={part} justify="space-between">
            <Text size="sm">{part === "status" ? t("Takes messages") : part}</Text>
            <Badge variant="filled" tt="none" color={state === "UP" ? "teal.9" : "red.9"}>
              {String(state)}
            </Badge>
          </Group>
        ))}
        {data?.diskSyncMs !== undefined && (
          <Text size="sm" className="faint">
            {t("The disk takes {{ms}} ms to make a write durable.", { ms: data.diskSyncMs })}
          </Text>
        )}
      </Stack>
    </Part>
  );
}

function DeadLetters() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(deadLettersQuery);
  const act = async (work: Promise<unknown>) => {
    await work;
    await queries.invalidateQueries({ queryKey: ["deadLetters"] });
  };
  return (
    <Part title={t("Calls that were given up")}>
      {error && <Failure error={error} onRetry={refetch} />}
      {data?.length === 0 && (
        <Text size="sm" className="faint">
          {t("None: every call to the outside was answered.")}
        </Text>
      )}
      <Stack gap="xs">
        {data?.map((letter) => (
          <Group key={letter.id} justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              {letter.reason ?? JSON.stringify(letter)}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  void act(post(`/api/millrace/deadLetters/${letter.id}/resend`)).catch(notifyFailed)
                }
              >
                {t("Send again")}
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => void act(remove(`/api/millrace/deadLetters/${letter.id}`)).catch(notifyFailed)}
              >
                {t("Forget")}
              </Button>
            </Group>
          </Group>
        ))}
      </Stack>
    </Part>
  );
}

function Counters() {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useState("");
  const { data, error, refetch } = useQuery(countersQuery);
  const rates = useRates(data);
  const rows = Object.entries(data?.counters ?? {}).filter(([name]) => name.includes(search.toLowerCase()));
  return (
    <Part title={t("Counters")}>
      {error && <Failure error={error} onRetry={refetch} />}
      <TextInput
        type="search"
        mb="sm"
        maw={320}
        aria-label={t("Find a counter")}
        placeholder={t("Find a counter…")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Table aria-label={t("Counters")} verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("Name")}</Table.Th>
            <Table.Th>{t("Count")}</Table.Th>
            <Table.Th>{t("Per second")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, count]) => (
            <Table.Tr key={name}>
              <Table.Td>
                <code>{name}</code>
              </Table.Td>
              <Table.Td className="numbers">{count.toLocaleString(i18n.language)}</Table.Td>
              <Table.Td className="numbers">
                {rates.get(name) ? rateText(rates.get(name) as number, i18n.language) : ""}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Part>
  );
}
