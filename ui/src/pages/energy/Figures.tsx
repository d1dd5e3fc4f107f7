/// The sums of the period, each with how it differs from the one before.
import { Card, SimpleGrid, Skeleton, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Widget } from "../../widgets";
import type { MeterKey } from "./meters";
import { type Counted, upTo } from "./useEnergy";

interface FiguresProps {
  consumption: Counted;
  consumedBefore: Counted;
  production: Counted | null;
  producedBefore: Counted;
  /// How much of the period is over, 0 to 1.
  elapsed: number;
  written: (value: number) => string;
  battery: MeterKey | undefined;
}

export function Figures({
  consumption,
  consumedBefore,
  production,
  producedBefore,
  elapsed,
  written,
  battery,
}: FiguresProps) {
  const { t, i18n } = useTranslation();
  const money = (amount: number) => moneyText(amount, consumption.currency, i18n.language);
  const covered =
    production?.hasAny && consumption.total > 0
      ? (production.total / consumption.total).toLocaleString(i18n.language, {
          style: "percent",
          maximumFractionDigits: 0,
        })
      : null;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <Figure label={t("Consumption")} isLoading={consumption.isLoading} text={written(consumption.total)}>
        <Change now={consumption} before={consumedBefore} elapsed={elapsed} isLessBetter />
      </Figure>
      {production && (
        <Figure label={t("Production")} isLoading={production.isLoading} text={written(production.total)}>
          <Change now={production} before={producedBefore} elapsed={elapsed} isLessBetter={false} />
          {covered && (
            <Text size="xs" className="faint">
              {t("{{part}} of the consumption", { part: covered })}
            </Text>
          )}
        </Figure>
      )}
      <Figure
        label={t("Cost")}
        isLoading={consumption.isLoading}
        text={consumption.cost === null ? "–" : money(consumption.cost)}
      >
        <Text size="xs" className="faint">
          {consumption.cost === null
            ? t("The profile names no tariff.")
            : consumedBefore.cost !== null &&
              t("{{amount}} the period before", { amount: money(consumedBefore.cost) })}
        </Text>
      </Figure>
      {battery && (
        <Card withBorder padding="md">
          <Text size="sm" fw={550} className="faint">
            {t("Battery")}
          </Text>
          <Widget
            name="battery"
            height={72}
            source={{ deviceId: battery.deviceId, keys: [battery.key] }}
            windowMs={0}
          />
        </Card>
      )}
    </SimpleGrid>
  );
}

interface FigureProps {
  label: string;
  text: string;
  isLoading: boolean;
  children: ReactNode;
}

function Figure({ label, text, isLoading, children }: FigureProps) {
  return (
    <Card withBorder padding="md" role="group" aria-label={label}>
      <Text size="sm" fw={550} className="faint">
        {label}
      </Text>
      {isLoading ? (
        <Skeleton height={32} mt={6} width={96} />
      ) : (
        <Text fz={26} fw={650} className="numbers">
          {text}
        </Text>
      )}
      {children}
    </Card>
  );
}

interface ChangeProps {
  now: Counted;
  before: Counted;
  elapsed: number;
  isLessBetter: boolean;
}

function Change({ now, before, elapsed, isLessBetter }: ChangeProps) {
  const { t, i18n } = useTranslation();
  const past = upTo(before, elapsed);
  if (!now.hasAny || past === 0) return null;
  const change = now.total / past - 1;
  const text = change.toLocaleString(i18n.language, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  const isGood = change < 0 === isLessBetter;
  return (
    <Text size="xs" fw={550} c={isGood ? "var(--ok)" : "var(--faint)"}>
      {elapsed < 1
        ? t("{{change}} to the same part of the period before", { change: text })
        : t("{{change}} to the period before", { change: text })}
    </Text>
  );
}

export function moneyText(amount: number, currency: string, language: string): string {
  if (/^[A-Z]{3}$/.test(currency)) return amount.toLocaleString(language, { style: "currency", currency });
  const number = amount.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return currency ? `${number} ${currency}` : number;
}
