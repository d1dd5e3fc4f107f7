import "@mantine/core/styles/Table.css";
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLatestOf } from "../../live";
import { RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import { shownKeys, written } from "../values";
import type { WidgetProps, WidgetSource } from "../widget";
import classes from "../widgets.module.css";

export default function ValuesTable({ sources }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const latest = useLatestOf(sources);
  if (latest.size === 0 && sources.some(({ deviceId }) => deviceId !== "")) return <RowsLoading rows={3} />;
  const all = (source: WidgetSource) => [...(latest.get(source.deviceId)?.keys() ?? [])].sort();
  const rows = shownKeys(
    sources.map((source) => (source.keys.length > 0 ? source : { ...source, keys: all(source) })),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.body} tabIndex={0} role="group" aria-label={t("Values")}>
      <Table aria-label={t("Values")} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("Key")}</Table.Th>
            <Table.Th>{t("Value")}</Table.Th>
            <Table.Th>{t("Updated")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ source, key, label, look }) => {
            const found = latest.get(source.deviceId)?.get(key);
            return (
              <Table.Tr key={`${source.deviceId} ${key}`}>
                <Table.Td>{label}</Table.Td>
                <Table.Td className="numbers">
                  {found ? written(found.value, look, i18n.language) : "—"}
                </Table.Td>
                <Table.Td>
                  <Text size="sm" className="faint">
                    {found && <Time at={found.ts} />}
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
