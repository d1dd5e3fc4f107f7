/// What an entity is related to, both ways; relations are made and ended here.
import "@mantine/core/styles/Table.css";
import { ActionIcon, Button, Table, Text } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../../api/http";
import type { EntityId } from "../../api/types";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Failure, RowsLoading } from "../../shell/PageState";
import { Part } from "../../shell/Part";
import { EntityLink } from "./EntityLink";
import { RelateForm } from "./RelateForm";

export interface Relation {
  from: EntityId;
  to: EntityId;
  type: string;
  typeGroup: string;
  fromName?: string | null;
  toName?: string | null;
}

export const relationsQuery = (entity: EntityId) => ({
  queryKey: ["relations", entity.id],
  queryFn: async () => {
    const end = (name: "from" | "to") =>
      get<Relation[]>(`/api/relations/info/${name}/${entity.entityType}/${entity.id}`);
    const [from, to] = await Promise.all([end("from"), end("to")]);
    return { from, to };
  },
});

export function RelationsCard({ entity }: { entity: EntityId }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAdding, add] = useState(false);
  const { data, error, refetch } = useQuery(relationsQuery(entity));
  const reread = () => queries.invalidateQueries({ queryKey: relationsQuery(entity).queryKey });
  const end = async (relation: Relation) => {
    await remove("/api/relation", {
      fromId: relation.from.id,
      fromType: relation.from.entityType,
      toId: relation.to.id,
      toType: relation.to.entityType,
      relationType: relation.type,
    });
    await reread();
    await notifyDone(t("The relation is ended."), async () => {
      await post("/api/relation", relation);
      await reread();
    });
  };
  const rows = data ? [...data.from, ...data.to] : [];
  return (
    <Part
      title={t("Relations")}
      hint={t("What it contains, what it belongs to; rule chains and dashboards follow them.")}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => add(true)}
        >
          {t("Relate")}
        </Button>
      }
    >
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      {data && rows.length === 0 && (
        <Text size="sm" className="faint">
          {t("None yet.")}
        </Text>
      )}
      {rows.length > 0 && (
        <Table aria-label={t("Relations")}>
          <Table.Tbody>
            {rows.map((relation) => {
              const isFrom = relation.from.id === entity.id;
              const other = isFrom ? relation.to : relation.from;
              return (
                <Table.Tr key={`${relation.from.id} ${relation.to.id} ${relation.type}`}>
                  <Table.Td w={32}>
                    {isFrom ? (
                      <IconArrowRight size={18} className="turning" role="img" aria-label={t("to")} />
                    ) : (
                      <IconArrowLeft size={18} className="turning" role="img" aria-label={t("from")} />
                    )}
                  </Table.Td>
                  <Table.Td>{relation.type}</Table.Td>
                  <Table.Td>
                    <EntityLink
                      entity={other}
                      name={(isFrom ? relation.toName : relation.fromName) ?? null}
                    />
                  </Table.Td>
                  <Table.Td className="faint">{other.entityType.toLowerCase().replaceAll("_", " ")}</Table.Td>
                  <Table.Td w={48}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t("End the relation {{type}}", { type: relation.type })}
                      onClick={() => void end(relation).catch(notifyFailed)}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {isAdding && <RelateForm entity={entity} onClose={() => add(false)} onDone={reread} />}
    </Part>
  );
}
