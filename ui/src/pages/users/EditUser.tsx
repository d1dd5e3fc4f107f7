import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../api/http";
import { notifyDone } from "../../shell/notify";
import { type Authority, type Customer, roleNames, type User } from "./people";

interface EditUserProps {
  /// Null for a new one.
  user: User | null;
  customers: Customer[];
  onClose: () => void;
}

interface Form {
  email: string;
  firstName: string;
  lastName: string;
  authority: Authority;
  customerId: string;
  password: string;
}

export function EditUser({ user, customers, onClose }: EditUserProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>(() => ({
    email: user?.email ?? "",
    firstName: user?.firstName ?? "",
    lastName: user?.lastName ?? "",
    authority: user?.authority ?? "CUSTOMER_USER",
    customerId: user?.customerId?.id ?? customers[0]?.id.id ?? "",
    password: "",
  }));
  const save = useSave(user, onClose);
  const isCustomers = form.authority === "CUSTOMER_USER";
  const isComplete =
    form.email.trim() !== "" &&
    (!isCustomers || form.customerId !== "") &&
    (user !== null || form.password !== "");
  const field = (name: keyof Form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) save.mutate(form);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={user ? user.email : t("Add a user")}
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput type="email" label={t("E-mail")} required data-autofocus {...field("email")} />
          <Group grow>
            <TextInput label={t("First name")} {...field("firstName")} />
            <TextInput label={t("Last name")} {...field("lastName")} />
          </Group>
          {!user && (
            <NativeSelect
              label={t("Role")}
              data={(["CUSTOMER_USER", "TENANT_ADMIN"] as const).map((value) => ({
                value,
                label: t(roleNames[value]),
              }))}
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
          <TextInput
            type="password"
            autoComplete="new-password"
            label={user ? t("New password") : t("Password")}
            description={user ? t("Left empty, it stays as it is.") : undefined}
            required={!user}
            {...field("password")}
          />
          {save.error && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {save.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("Cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isComplete}>
              {t("Save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useSave(user: User | null, onDone: () => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ password, customerId, authority, ...names }: Form) =>
      post<User>("/api/user?sendActivationMail=false", {
        ...user,
        ...names,
        authority,
        ...(authority === "CUSTOMER_USER" && { customerId: { entityType: "CUSTOMER", id: customerId } }),
        ...(password !== "" && { password }),
      }),
    onSuccess: async ({ email }) => {
      await queries.invalidateQueries({ queryKey: ["users"] });
      onDone();
      await notifyDone(t("{{name}} is saved.", { name: email }));
    },
  });
}
