/// How much fell into which rate of the tariff.
import "@mantine/core/styles/Table.css";
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Part } from "../../shell/Part";
import { moneyText } from "./Figures";
import type { Counted } from "./useEnergy";

export function Rates({ counted, written }: { counted: Counted; written: (value: number) => string }) {
  const { t, i18n } = useTranslation();
  const rates = Object.entries(counted.byRate).sort((a, b) => b[1] - a[1]);
  return (
    <Part title={t("By tariff")}>
      {rates.length === 0 ? (
        <Text size="sm" className="faint">
          {t("No tariff applies to this meter; its device profile can name one.")}
        </Text>
      ) : (
        <Table aria-label={t("By tariff")}>
          <Table.Tbody>
            {rates.map(([rate, amount]) => (
              <Table.Tr key={rate}>
                <Table.Td>{rate === "" ? t("Usual price") : rate}</Table.Td>
                <Table.Td className="numbers" ta="end">
                  {written(amount)}
                </Table.Td>
                <Table.Td className="numbers" ta="end">
                  {counted.total > 0 &&
                    (amount / counted.total).toLocaleString(i18n.language, {
                      style: "percent",
                      maximumFractionDigits: 0,
                    })}
                </Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr fw={650}>
              <Table.Td>{t("In all")}</Table.Td>
              <Table.Td className="numbers" ta="end">
                {written(counted.total)}
              </Table.Td>
              <Table.Td className="numbers" ta="end">
                {counted.cost !== null && moneyText(counted.cost, counted.currency, i18n.language)}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      )}
    </Part>
  );
}
