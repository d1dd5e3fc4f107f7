import "@mantine/core/styles/Table.css";
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { useLatest } from "../../live";
import { RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import { Value } from "../../text/Value";
import type { WidgetProps } from "../widget";
import classes from "./LatestTable.module.css";

/// All keys of the device, or the ones that the source names.
export default function LatestTable({ source: { deviceId, keys } }: WidgetProps) {
  const { t } = useTranslation();
  const latest = useLatest(deviceId);
  if (!latest) return <RowsLoading rows={3} />;
  const rows = [...latest].filter(([key]) => keys.length === 0 || keys.includes(key));
  rows.sort(([a], [b]) => a.localeCompare(b));
  return (
    <Table aria-label={t("Latest telemetry")} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("Key")}</Table.Th>
          <Table.Th>{t("Value")}</Table.Th>
          <Table.Th w={130}>{t("Updated")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([key, { ts, value }]) => (
          <Table.Tr key={key}>
            <Table.Td className={classes.text} title={key}>
              {key}
            </Table.Td>
            <Table.Td>
              <Flashing ts={ts} value={value} />
            </Table.Td>
            <Table.Td>
              <Text size="sm" className="faint">
                <Time at={ts} />
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

// A new key remounts the element, and that starts its animation anew.
function Flashing({ ts, value }: { ts: number; value: Json }) {
  return (
    <span key={ts} className={classes.flash}>
      <Value value={value} />
    </span>
  );
}
