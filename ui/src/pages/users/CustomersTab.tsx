import "@mantine/core/styles/Table.css";
import { ActionIcon, Button, Card, Group, Table, TextInput } from "@mantine/core";
import { IconPlus, IconTrash, IconUsers } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post, remove } from "../../api/http";
import { FormDialog } from "../../shell/FormDialog";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { Empty, Failure, RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";
import { type Customer, customersQuery } from "./people";

export function CustomersTab() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [edited, edit] = useState<Customer | "new" | null>(null);
  const { data, error, refetch } = useQuery(customersQuery);
  const refresh = () => queries.invalidateQueries({ queryKey: ["customers"] });
  const erase = async ({ id, createdTime: _, ...rest }: Customer) => {
    await remove(`/api/customer/${id.id}`);
    await refresh();
    await notifyDone(t("{{name}} is deleted.", { name: rest.title }), async () => {
      await post("/api/customer", { ...rest, version: null });
      await refresh();
    });
  };
  return (
    <Card withBorder padding="md">
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={3} />}
      {data?.data.length === 0 && <Empty icon={<IconUsers size={36} />} title={t("No customers yet")} />}
      {data && data.data.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label={t("Customers")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("Title")}</Table.Th>
                <Table.Th>{t("City")}</Table.Th>
                <Table.Th>{t("E-mail")}</Table.Th>
                <Table.Th>{t("Created")}</Table.Th>
                <Table.Th aria-label={t("Actions")} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.data.map((customer) => (
                <Table.Tr key={customer.id.id}>
                  <Table.Td>
                    <Button size="compact-sm" variant="subtle" onClick={() => edit(customer)}>
                      {customer.title}
                    </Button>
                  </Table.Td>
                  <Table.Td>{customer.city}</Table.Td>
                  <Table.Td>{customer.email}</Table.Td>
                  <Table.Td>
                    <Time at={customer.createdTime} />
                  </Table.Td>
                  <Table.Td ta="end">
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
        </Table.ScrollContainer>
      )}
      <Button
        mt="md"
        variant="light"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => edit("new")}
      >
        {t("Add a customer")}
      </Button>
      {edited && (
        <EditCustomer
          customer={edited === "new" ? null : edited}
          onClose={() => edit(null)}
          onDone={refresh}
        />
      )}
    </Card>
  );
}

interface EditCustomerProps {
  customer: Customer | null;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

const fields = ["title", "email", "phone", "address", "zip", "city", "country"] as const;

function EditCustomer({ customer, onClose, onDone }: EditCustomerProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(
    () =>
      Object.fromEntries(fields.map((name) => [name, customer?.[name] ?? ""])) as Record<
        (typeof fields)[number],
        string
      >,
  );
  const save = useMutation({
    mutationFn: () => post("/api/customer", { ...customer, ...form, title: form.title.trim() }),
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  const field = (name: (typeof fields)[number]) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  return (
    <FormDialog
      title={customer?.title ?? t("Add a customer")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isComplete={form.title.trim() !== ""}
      saving={save}
    >
      <TextInput label={t("Title")} required data-autofocus maxLength={255} {...field("title")} />
      <Group grow>
        <TextInput type="email" label={t("E-mail")} {...field("email")} />
        <TextInput type="tel" label={t("Telephone")} {...field("phone")} />
      </Group>
      <TextInput label={t("Street")} {...field("address")} />
      <Group grow>
        <TextInput label={t("Postcode")} {...field("zip")} />
        <TextInput label={t("City")} {...field("city")} />
      </Group>
      <TextInput label={t("Country")} {...field("country")} />
    </FormDialog>
  );
}
