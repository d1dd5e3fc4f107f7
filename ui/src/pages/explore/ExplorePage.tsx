import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import {
  ActionIcon,
  Button,
  Card,
  Group,
  NativeSelect,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  useComputedColorScheme,
} from "@mantine/core";
import { IconChartLine, IconDownload, IconRefresh, IconX } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty, Failure } from "../../shell/PageState";
import { saveFile } from "../../text/download";
import { exact } from "../../text/Time";
import { valueText } from "../../text/Value";
import { lineColour } from "../../widgets/live-chart/plot";
import { Page } from "../Page";
import { AddSeries } from "./AddSeries";
import { ExploreChart } from "./ExploreChart";
import classes from "./ExplorePage.module.css";
import {
  type Aggregation,
  type BucketInterval,
  parseSeries,
  type Range,
  type SeriesName,
  seriesText,
  spans,
} from "./question";
import { csvOf, type Row, rowsOf, summaryOf } from "./rows";
import { type LoadedSeries, useSeries } from "./useSeries";

/// Any values of any devices over any time, as a chart and as a file.
export function ExplorePage() {
  const { t, i18n } = useTranslation();
  const search = useSearch({ from: "/inside/explore" });
  const navigate = useNavigate({ from: "/explore" });
  const names = useMemo(() => parseSeries(search.series), [search.series]);
  const [now, setNow] = useState(Date.now);
  const span = search.span ?? "1d";
  const range = useMemo(
    (): Range =>
      search.from !== undefined && search.until !== undefined
        ? { fromTs: search.from, untilTs: search.until }
        : { fromTs: now - (spans[span] ?? 86_400_000), untilTs: now },
    [search.from, search.until, span, now],
  );
  const loaded = useSeries(names, range, search.agg ?? "NONE", search.every ?? "auto");
  const rows = useMemo(() => rowsOf(loaded.series.map(({ points }) => points)), [loaded.series]);
  const [cursor, setCursor] = useState<number | null>(null);

  const show = (series: SeriesName[]) =>
    void navigate({ search: ({ series: _, ...rest }) => ({ ...rest, series: seriesText(series) }) });
  const save = () => {
    const titles = loaded.series.map(({ title }) => title);
    saveFile("explore.csv", csvOf(titles, rows), "text/csv");
  };

  return (
    <Page
      title={t("Explore")}
      hint={`${exact(new Date(range.fromTs), i18n.language)} – ${exact(new Date(range.untilTs), i18n.language)}`}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => {
              setNow(Date.now());
              loaded.refetch();
            }}
          >
            {t("Read again")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={rows.length === 0}
            onClick={save}
          >
            {t("Save as CSV")}
          </Button>
        </>
      }
    >
      <Card withBorder padding="md">
        <Group justify="space-between" align="flex-end" gap="sm">
          <AddSeries
            key={search.device}
            known={names}
            deviceId={search.device ?? names[0]?.deviceId ?? null}
            onAdd={(series) => show([...names, series])}
          />
          <Aggregated />
        </Group>
      </Card>
      {loaded.error && <Failure error={loaded.error} onRetry={loaded.refetch} />}
      <Card withBorder padding="md">
        <Group justify="flex-end" mb="sm">
          <Spans chosen={search.from === undefined ? span : ""} onChoose={() => setNow(Date.now())} />
        </Group>
        {names.length === 0 && (
          <Empty icon={<IconChartLine size={36} />} title={t("Choose a device and a key above")}>
            <Text size="sm" className="faint">
              {t("Several can be shown together; drag over the chart to look closer.")}
            </Text>
          </Empty>
        )}
        {names.length > 0 && loaded.isLoading && <Skeleton height={380} />}
        {names.length > 0 && !loaded.isLoading && (
          <ExploreChart
            titles={loaded.series.map(({ title }) => title)}
            rows={rows}
            range={range}
            onCursor={setCursor}
            onSelect={({ fromTs, untilTs }) =>
              void navigate({ search: (old) => ({ ...old, from: fromTs, until: untilTs }) })
            }
          />
        )}
        {names.length > 0 && !loaded.isLoading && (
          <SeriesList
            series={loaded.series}
            at={cursor === null ? null : (rows[cursor] ?? null)}
            onRemove={(index) => show(names.filter((_, i) => i !== index))}
          />
        )}
      </Card>
    </Page>
  );
}

function Spans({ chosen, onChoose }: { chosen: string; onChoose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: "/explore" });
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("Time window")}
      data={Object.keys(spans)}
      value={chosen}
      onChange={(span) => {
        onChoose();
        void navigate({ search: ({ from, until, ...rest }) => ({ ...rest, span }) });
      }}
    />
  );
}

function Aggregated() {
  const { t } = useTranslation();
  const { agg = "NONE", every = "auto" } = useSearch({ from: "/inside/explore" });
  const navigate = useNavigate({ from: "/explore" });
  return (
    <Group gap="xs">
      <NativeSelect
        label={t("Show")}
        data={[
          { value: "NONE", label: t("Every value") },
          { value: "AVG", label: t("Average") },
          { value: "MIN", label: t("Lowest") },
          { value: "MAX", label: t("Highest") },
          { value: "SUM", label: t("Sum") },
          { value: "COUNT", label: t("Count") },
        ]}
        value={agg}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ search: (old) => ({ ...old, agg: value as Aggregation }) })
        }
      />
      {agg !== "NONE" && (
        <NativeSelect
          label={t("For each")}
          data={[
            { value: "auto", label: t("What fits") },
            { value: "HOUR", label: t("Hour") },
            { value: "DAY", label: t("Day") },
            { value: "WEEK_ISO", label: t("Week") },
            { value: "MONTH", label: t("Month") },
          ]}
          value={every}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ search: (old) => ({ ...old, every: value as BucketInterval }) })
          }
        />
      )}
    </Group>
  );
}

interface SeriesListProps {
  series: LoadedSeries[];
  /// The row under the cursor.
  at: Row | null;
  onRemove: (index: number) => void;
}

function SeriesList({ series, at, onRemove }: SeriesListProps) {
  const { t, i18n } = useTranslation();
  const isDark = useComputedColorScheme("light") === "dark";
  const number = (value: number) => valueText(Number(value.toPrecision(6)), i18n.language);
  return (
    <Stack gap={0} mt="sm">
      <ul className={classes.series}>
        {series.map(({ title, name, points }, i) => {
          const summary = summaryOf(points);
          const value = at?.values[i] ?? points.at(-1)?.value;
          return (
            <li key={`${name.deviceId} ${name.key}`}>
              <span className={classes.swatch} style={{ background: lineColour(i, isDark) }} aria-hidden />
              <span className={classes.title}>{title}</span>
              <Figure
                title={at ? t("Here") : t("Last")}
                text={value === undefined ? "–" : valueText(value, i18n.language)}
              />
              <Figure isOptional title={t("Lowest")} text={summary ? number(summary.min) : "–"} />
              <Figure isOptional title={t("Average")} text={summary ? number(summary.average) : "–"} />
              <Figure isOptional title={t("Highest")} text={summary ? number(summary.max) : "–"} />
              <ActionIcon
                variant="subtle"
                color="gray"
                onClick={() => onRemove(i)}
                aria-label={t("Remove {{title}}", { title })}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
    </Stack>
  );
}

function Figure({ title, text, isOptional }: { title: string; text: string; isOptional?: boolean }) {
  return (
    <span className={`${classes.figure} numbers`} data-optional={isOptional || undefined}>
      <small>{title}</small>
      {text}
    </span>
  );
}
