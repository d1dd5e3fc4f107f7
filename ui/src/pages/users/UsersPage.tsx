/// Who may sign in, and the customers that some of them belong to.
import "@mantine/core/styles/Table.css";
import "@mantine/core/styles/Tabs.css";
import { ActionIcon, Badge, Button, Card, Table, Tabs } from "@mantine/core";
import { IconPlus, IconTrash, IconUsers } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post, remove } from "../../api/http";
import { session } from "../../api/session";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import { Page } from "../Page";
import { CreateCustomer } from "./CreateCustomer";
import { EditUser } from "./EditUser";
import { type Customer, customersQuery, roleNames, type User, usersQuery } from "./people";

export function UsersPage() {
  const { t } = useTranslation();
  const { tab = "users" } = useSearch({ from: "/inside/users" });
  const navigate = useNavigate({ from: "/users" });
  return (
    <Page title={t("Users")} hint={t("Who may sign in, and what each of them may do.")}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: next === "customers" ? { tab: "customers" } : {} })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="users">{t("Users")}</Tabs.Tab>
          <Tabs.Tab value="customers">{t("Customers")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users">
          <Users />
        </Tabs.Panel>
        <Tabs.Panel value="customers">
          <Customers />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Users() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [edited, edit] = useState<User | "new" | null>(null);
  const { data, error, refetch } = useQuery(usersQuery);
  const customers = useQuery(customersQuery).data?.data ?? [];
  const own = (session.caller() as { userId?: string } | null)?.userId;
  const erase = async (user: User) => {
    await remove(`/api/user/${user.id.id}`);
    await queries.invalidateQueries({ queryKey: ["users"] });
    await notifyDone(t("{{name}} is deleted.", { name: user.email }));
  };
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
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="light" tt="none">
                      {t(roleNames[user.authority])}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{customers.find(({ id }) => id.id === user.customerId?.id)?.title}</Table.Td>
                  <Table.Td>
                    <Time at={user.createdTime} />
                  </Table.Td>
                  <Table.Td>
                    {user.id.id !== own && (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t("Delete {{name}}", { name: user.email })}
                        onClick={() => void erase(user).catch(notifyFailed)}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    )}
                  </Table.Td>
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
        <EditUser user={edited === "new" ? null : edited} customers={customers} onClose={() => edit(null)} />
      )}
    </Card>
  );
}

function Customers() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(customersQuery);
  const refresh = () => queries.invalidateQueries({ queryKey: ["customers"] });
  const erase = async ({ id, title }: Customer) => {
    await remove(`/api/customer/${id.id}`);
    await refresh();
    await notifyDone(t("{{name}} is deleted.", { name: title }), async () => {
      await post("/api/customer", { title });
      await refresh();
    });
  };
  return (
    <Card withBorder padding="md">
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={3} />}
      {data?.data.length === 0 && <Empty icon={<IconUsers size={36} />} title={t("No customers yet")} />}
      {data && data.data.length > 0 && (
        <Table aria-label={t("Customers")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("Title")}</Table.Th>
              <Table.Th>{t("Created")}</Table.Th>
              <Table.Th aria-label={t("Actions")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.data.map((customer) => (
              <Table.Tr key={customer.id.id}>
                <Table.Td>{customer.title}</Table.Td>
                <Table.Td>
                  <Time at={customer.createdTime} />
                </Table.Td>
                <Table.Td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("Delete {{name}}", { name: customer.title })}
                    onClick={() => void erase(customer).catch(notifyFailed)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <CreateCustomer onDone={refresh} />
    </Card>
  );
}
