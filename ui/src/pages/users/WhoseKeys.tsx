import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { session } from "../../api/session";
import { usersQuery } from "./people";

/// An administrator manages the keys of everybody; others only have their own.
export function WhoseKeys({ userId, onChoose }: { userId: string; onChoose: (userId: string) => void }) {
  const { t } = useTranslation();
  const isAdministrator = session.caller()?.authority === "TENANT_ADMIN";
  const users = useQuery({ ...usersQuery, enabled: isAdministrator }).data?.data;
  if (!users) return null;
  return (
    <NativeSelect
      label={t("Keys of")}
      mb="md"
      maw={360}
      data={users.map(({ id, email }) => ({ value: id.id, label: email }))}
      value={userId}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}
