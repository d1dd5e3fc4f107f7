import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { FormDialog } from "../../shell/FormDialog";
import { notifyDone } from "../../shell/notify";
import { type Authority, type Customer, type Role, roleHints, roleNames, type User } from "./people";

interface EditUserProps {
  /// Null for a new one.
  user: User | null;
  /// The caller's own account: nobody changes the own role.
  isOwn: boolean;
  customers: Customer[];
  onClose: () => void;
}

interface Form {
  email: string;
  firstName: string;
  lastName: string;
  authority: Authority;
  role: Role;
  customerId: string;
  password: string;
}

export function EditUser({ user, isOwn, customers, onClose }: EditUserProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => filled(user, customers));
  const save = useSave(user, onClose);
  const isCustomers = form.authority === "CUSTOMER_USER";
  const isComplete = form.email.trim() !== "" && (!isCustomers || form.customerId !== "");
  const field = (name: keyof Form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => sound({ ...old, [name]: value }));
    },
  });
  return (
    <FormDialog
      title={user ? user.email : t("Add a user")}
      onClose={onClose}
      onSubmit={() => save.mutate(form)}
      isComplete={isComplete}
      saving={save}
    >
      <TextInput type="email" label={t("E-mail")} required data-autofocus {...field("email")} />
      <Group grow>
        <TextInput label={t("First name")} {...field("firstName")} />
        <TextInput label={t("Last name")} {...field("lastName")} />
      </Group>
      {!user && (
        <NativeSelect
          label={t("Belongs to")}
          data={[
            { value: "TENANT_ADMIN", label: t("Us: sees everything") },
            { value: "CUSTOMER_USER", label: t("A customer: sees what is assigned to it") },
          ]}
          {...field("authority")}
        />
      )}
      {!user && isCustomers && (
        <NativeSelect
          label={t("Customer")}
          error={customers.length === 0 && t("Add a customer first.")}
          data={customers.map(({ id, title }) => ({ value: id.id, label: title }))}
          {...field("customerId")}
        />
      )}
      <NativeSelect
        label={t("Role")}
        description={isOwn ? t("Nobody changes the own role.") : t(roleHints[form.role])}
        disabled={isOwn}
        data={rolesOf(form.authority).map((value) => ({ value, label: t(roleNames[value]) }))}
        {...field("role")}
      />
      <TextInput
        type="password"
        autoComplete="new-password"
        label={user ? t("New password") : t("Password")}
        description={
          user
            ? t("Left empty, it stays as it is.")
            : t("Left empty, the user chooses one with a link that you pass on.")
        }
        {...field("password")}
      />
    </FormDialog>
  );
}

function filled(user: User | null, customers: Customer[]): Form {
  return {
    email: user?.email ?? "",
    firstName: user?.firstName ?? "",
    lastName: user?.lastName ?? "",
    authority: user?.authority ?? "TENANT_ADMIN",
    role: user?.role ?? "EDITOR",
    customerId: user?.customerId?.id ?? customers[0]?.id.id ?? "",
    password: "",
  };
}

/// A customer's users edit or read.
function rolesOf(authority: Authority): Role[] {
  return authority === "CUSTOMER_USER" ? ["EDITOR", "READ_ONLY"] : ["ADMINISTRATOR", "EDITOR", "READ_ONLY"];
}

function sound(form: Form): Form {
  return rolesOf(form.authority).includes(form.role) ? form : { ...form, role: "EDITOR" };
}

function useSave(user: User | null, onDone: () => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ password, customerId, authority, ...names }: Form) => {
      const saved = await post<User>("/api/user?sendActivationMail=false", {
        ...user,
        ...names,
        authority,
        ...(authority === "CUSTOMER_USER" && { customerId: { entityType: "CUSTOMER", id: customerId } }),
        ...(!user && password !== "" && { password }),
      });
      if (user && password !== "") await post(`/api/user/${user.id.id}/password`, { password });
      return saved;
    },
    onSuccess: async ({ email }) => {
      await queries.invalidateQueries({ queryKey: ["users"] });
      onDone();
      await notifyDone(t("{{name}} is saved.", { name: email }));
    },
  });
}
