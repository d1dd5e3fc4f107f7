/// All tenants, for those who administer the system itself.
import "@mantine/core/styles/Table.css";
import { Button, Card, Table, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "../../api/http";
import type { EntityId, Page } from "../../api/types";
import { FormDialog } from "../../shell/FormDialog";
import { Failure, RowsLoading } from "../../shell/PageState";
import { Time } from "../../text/Time";

interface Tenant {
  id: EntityId;
  createdTime: number;
  title: string;
  [other: string]: unknown;
}

interface Form {
  title: string;
  email: string;
  password: string;
}

const tenantsQuery = {
  queryKey: ["tenants"],
  queryFn: () => get<Page<Tenant>>("/api/tenants", { pageSize: 500, page: 0, sortProperty: "title" }),
};

export function TenantsTab() {
  const { t } = useTranslation();
  const [isCreating, create] = useState(false);
  const { data, error, refetch } = useQuery(tenantsQuery);
  return (
    <Card withBorder padding="md">
      {error && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <RowsLoading rows={2} />}
      {data && (
        <Table aria-label={t("Tenants")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("Title")}</Table.Th>
              <Table.Th>{t("Created")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.data.map((tenant) => (
              <Table.Tr key={tenant.id.id}>
                <Table.Td>{tenant.title}</Table.Td>
                <Table.Td>
                  <Time at={tenant.createdTime} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Button
        mt="md"
        variant="light"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => create(true)}
      >
        {t("Add a tenant")}
      </Button>
      {isCreating && <CreateTenant onClose={() => create(false)} />}
    </Card>
  );
}

function CreateTenant({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form, setForm] = useState<Form>({ title: "", email: "", password: "" });
  const save = useMutation({
    mutationFn: async () => {
      const tenant = await post<Tenant>("/api/tenant", { title: form.title.trim() });
      await post("/api/user?sendActivationMail=false", {
        email: form.email.trim(),
        authority: "TENANT_ADMIN",
        tenantId: tenant.id,
        password: form.password,
      });
    },
    onSuccess: onClose,
    // The tenant may be there though its administrator was refused.
    onSettled: () => queries.invalidateQueries({ queryKey: ["tenants"] }),
  });
  const field = (name: keyof Form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  return (
    <FormDialog
      title={t("Add a tenant")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isComplete={Object.values(form).every((value) => value.trim() !== "")}
      saving={save}
    >
      <TextInput label={t("Title")} required data-autofocus {...field("title")} />
      <TextInput type="email" label={t("E-mail of its administrator")} required {...field("email")} />
      <TextInput
        type="password"
        autoComplete="new-password"
        label={t("Password")}
        required
        {...field("password")}
      />
    </FormDialog>
  );
}
