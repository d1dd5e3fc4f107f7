import "@mantine/core/styles/Table.css";
import { Badge, Button, Card, Table } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { session } from "../../api/session";
import { Failure, RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import { EditUser } from "./EditUser";
import { customersQuery, type User, usersQuery, whatTheyAre } from "./people";
import { UserMenu } from "./UserMenu";

export function UsersTab() {
  const { t } = useTranslation();
  const [edited, edit] = useState<User | "new" | null>(null);
  const { data, error, refetch } = useQuery(usersQuery);
  const customers = useQuery(customersQuery).data?.data ?? [];
  const own = session.caller()?.userId;
  return (
    <Card withBorder padding="md">
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={3} />}
      {data && (
        <Table.ScrollContainer minWidth={520}>
          <Table aria-label={t("Users")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("E-mail")}</Table.Th>
                <Table.Th>{t("Role")}</Table.Th>
                <Table.Th>{t("Customer")}</Table.Th>
                <Table.Th>{t("Created")}</Table.Th>
                <Table.Th aria-label={t("Actions")} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.data.map((user) => (
                <Table.Tr key={user.id.id}>
                  <Table.Td>
                    <Button size="compact-sm" variant="subtle" onClick={() => edit(user)}>
                      {user.email}
                    </Button>
                    {!user.enabled && (
                      <Badge variant="default" tt="none" ml={4}>
                        {t("may not sign in")}
                      </Badge>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="light" tt="none">
                      {t(whatTheyAre(user))}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{customers.find(({ id }) => id.id === user.customerId?.id)?.title}</Table.Td>
                  <Table.Td>
                    <Time at={user.createdTime} />
                  </Table.Td>
                  <Table.Td ta="end">{user.id.id !== own && <UserMenu user={user} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Button
        mt="md"
        variant="light"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => edit("new")}
      >
        {t("Add a user")}
      </Button>
      {edited && (
        <EditUser
          user={edited === "new" ? null : edited}
          isOwn={edited !== "new" && edited.id.id === own}
          customers={customers}
          onClose={() => edit(null)}
        />
      )}
    </Card>
  );
}
