/// The calculated fields of a device, an asset or a profile.
import "@mantine/core/styles/Table.css";
import { ActionIcon, Button, Code, Table, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { remove } from "../../api/http";
import type { EntityId } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { FieldForm } from "./FieldForm";
import { type CalculatedField, fieldsKey, readFields } from "./fields";

export function FieldsPart({ entity }: { entity: EntityId }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAdding, add] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: fieldsKey(entity),
    queryFn: () => readFields(entity),
  });
  const reread = () => queries.invalidateQueries({ queryKey: fieldsKey(entity) });
  const erase = async (field: CalculatedField) => {
    await remove(`/api/calculatedField/${field.id.id}`);
    await reread();
    await notifyDone(t("{{name}} is deleted.", { name: field.name }));
  };
  return (
    <Part
      title={t("Calculated fields")}
      hint={t("Values that are computed whenever those they come from change.")}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => add(true)}
        >
          {t("New field")}
        </Button>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      {data?.data.length === 0 && (
        <Text size="sm" className="faint">
          {t("None yet.")}
        </Text>
      )}
      {data && data.data.length > 0 && (
        <Table aria-label={t("Calculated fields")}>
          <Table.Tbody>
            {data.data.map((field) => (
              <Table.Tr key={field.id.id}>
                <Table.Td>{field.name}</Table.Td>
                <Table.Td className="faint">{field.type.toLowerCase().replaceAll("_", " ")}</Table.Td>
                <Table.Td>
                  {field.configuration.expression && <Code>{field.configuration.expression}</Code>}
                </Table.Td>
                <Table.Td w={48}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("Delete {{name}}", { name: field.name })}
                    onClick={() => void erase(field).catch(notifyFailed)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {isAdding && <FieldForm entity={entity} onClose={() => add(false)} onDone={reread} />}
    </Part>
  );
}
