/// What the house consumed and produced, what it cost, and whether the roof brings what its light promises.
import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { ActionIcon, Button, Group, SegmentedControl, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { IconAdjustments, IconChevronLeft, IconChevronRight, IconPlug } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Bars } from "../../charts/Bars";
import type { Period } from "../../router";
import { Empty, Failure } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { Page } from "../Page";
import { ChooseMeters } from "./ChooseMeters";
import { Figures } from "./Figures";
import { Light } from "./Light";
import { type Known, metersQuery } from "./meters";
import { dayText, moved, parseDay, partsOf, partText, type Span, spanOf, spanText } from "./period";
import { Rates } from "./Rates";
import { useCounted } from "./useEnergy";

const periodTexts: Record<Period, string> = { day: "Day", week: "Week", month: "Month", year: "Year" };

export function EnergyPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(metersQuery);
  const [isChoosing, choose] = useState(false);
  const isEmpty = data && data.meters.consumption.length + data.meters.production.length === 0;
  return (
    <Page
      title={t("Energy")}
      hint={t("Consumption, production and cost, each beside the period before.")}
      actions={
        data && (
          <Button
            variant="default"
            leftSection={<IconAdjustments size={18} aria-hidden />}
            onClick={() => choose(true)}
          >
            {t("Choose meters")}
          </Button>
        )
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton height={420} />}
      {isEmpty && <NoMeters />}
      {data && !isEmpty && <Energy known={data} />}
      {data && isChoosing && <ChooseMeters known={data} onClose={() => choose(false)} />}
    </Page>
  );
}

function Energy({ known: { meters } }: { known: Known }) {
  const { t, i18n } = useTranslation();
  const { period = "day", at } = useSearch({ from: "/inside/energy" });
  const day = parseDay(at);
  const span = spanOf(period, day);
  const before = spanOf(period, moved(period, day, -1));
  const consumption = useCounted(meters.consumption, span);
  const consumedBefore = useCounted(meters.consumption, before);
  const production = useCounted(meters.production, span);
  const producedBefore = useCounted(meters.production, before);
  const failure = consumption.error ?? production.error;
  const kWh = (value: number) =>
    `${value.toLocaleString(i18n.language, { maximumFractionDigits: value < 10 ? 2 : 1 })} kWh`;
  const groups = partsOf(span).map((ts, i) => ({
    label: partText(span.cut, ts, i18n.language, true),
    title: partText(span.cut, ts, i18n.language, false),
    values: [consumption.parts[i] ?? null, consumedBefore.parts[i] ?? null, production.parts[i] ?? null],
  }));
  const hasProduction = meters.production.length > 0;
  const series = [
    { name: t("Consumption"), colour: 0 },
    { name: t("Consumption before"), colour: 0, isPast: true },
    ...(hasProduction ? [{ name: t("Production"), colour: 5 }] : []),
  ];
  return (
    <>
      <PeriodChoice period={period} day={day} span={span} />
      {failure && <Failure error={failure} />}
      <Figures
        consumption={consumption}
        consumedBefore={consumedBefore}
        production={hasProduction ? production : null}
        producedBefore={producedBefore}
        elapsed={Math.min(1, (Date.now() - span.fromTs) / (span.untilTs - span.fromTs))}
        written={kWh}
        battery={meters.battery[0]}
      />
      <Part title={t("Consumption and production")}>
        <Bars
          label={t("Consumption and production, {{when}}", { when: spanText(period, span, i18n.language) })}
          groups={groups.map((group) => ({ ...group, values: group.values.slice(0, series.length) }))}
          series={series}
          written={kWh}
          height={300}
        />
      </Part>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Rates counted={consumption} written={kWh} />
        {meters.production[0] && meters.light[0] && (
          <Light production={meters.production} light={meters.light[0]} until={span.untilTs} />
        )}
      </SimpleGrid>
    </>
  );
}

function PeriodChoice({ period, day, span }: { period: Period; day: Date; span: Span }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate({ from: "/energy" });
  const go = (next: Period, to: Date) => {
    const isNow = spanOf(next, to).fromTs === spanOf(next, new Date()).fromTs;
    void navigate({
      search: { ...(next !== "day" && { period: next }), ...(!isNow && { at: dayText(to) }) },
      replace: true,
    });
  };
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label={t("Period")}
        data={Object.entries(periodTexts).map(([value, label]) => ({ value, label: t(label) }))}
        value={period}
        onChange={(next) => go(next as Period, day)}
      />
      <Group gap={4}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("The period before")}
          onClick={() => go(period, moved(period, day, -1))}
        >
          <IconChevronLeft size={18} className="turning" />
        </ActionIcon>
        <Text fw={600} aria-live="polite">
          {spanText(period, span, i18n.language)}
        </Text>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("The period after")}
          disabled={span.untilTs > Date.now()}
          onClick={() => go(period, moved(period, day, 1))}
        >
          <IconChevronRight size={18} className="turning" />
        </ActionIcon>
      </Group>
    </Group>
  );
}

function NoMeters() {
  const { t } = useTranslation();
  return (
    <Empty icon={<IconPlug size={40} />} title={t("No meters yet")}>
      <Text size="sm" className="faint">
        {t("Say in a device profile which key is a counter, or look at it with a simulated house.")}
      </Text>
      <Group gap="xs" justify="center">
        <Button component={Link} to="/simulator">
          {t("Start the simulated house")}
        </Button>
        <Button component={Link} to="/profiles" variant="default">
          {t("Device profiles")}
        </Button>
      </Group>
    </Empty>
  );
}
