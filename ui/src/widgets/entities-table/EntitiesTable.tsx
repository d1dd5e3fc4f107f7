import "@mantine/core/styles/Table.css";
import { Anchor, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLatestOf } from "../../live";
import { written } from "../values";
import type { WidgetProps } from "../widget";
import classes from "../widgets.module.css";

export default function EntitiesTable({ sources }: WidgetProps) {
  const { t, i18n } = useTranslation();
  const latest = useLatestOf(sources);
  const keys = [...new Set(sources.flatMap((source) => source.keys))];
  const look = sources[0]?.looks;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.body} tabIndex={0} role="group" aria-label={t("Entities")}>
      <Table aria-label={t("Entities")} verticalSpacing={4} highlightOnHover stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("Name")}</Table.Th>
            {keys.map((key) => (
              <Table.Th key={key}>{look?.[key]?.label || key}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sources
            .filter(({ deviceId }) => deviceId !== "")
            .map(({ deviceId, name, entityType = "DEVICE" }) => (
              <Table.Tr key={deviceId}>
                <Table.Td>
                  {entityType === "DEVICE" ? (
                    <Anchor component={Link} to={`/devices/${deviceId}`} size="sm">
                      {name ?? deviceId}
                    </Anchor>
                  ) : (
                    name
                  )}
                </Table.Td>
                {keys.map((key) => {
                  const found = latest.get(deviceId)?.get(key);
                  return (
                    <Table.Td key={key} className="numbers">
                      {found ? written(found.value, look?.[key], i18n.language) : "—"}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
