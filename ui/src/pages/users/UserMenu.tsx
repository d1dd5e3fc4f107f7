/// What an administrator does with somebody's account.
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDotsVertical, IconKey, IconLink, IconLock, IconLockOpen, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { get, post, remove } from "../../api/http";
import { notifyDone, notifyFailed } from "../../shell/notify";
import { copyText } from "../../text/copyText";
import type { User } from "./people";

export function UserMenu({ user }: { user: User }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const name = user.email;
  const reread = () => queries.invalidateQueries({ queryKey: ["users"] });
  const link = async () => {
    const { value } = await get<{ value: string; ttlMs: number }>(
      `/api/user/${user.id.id}/activationLinkInfo`,
    );
    await copyText(value);
    await notifyDone(t("The link is copied: pass it on to {{name}}. It is good once.", { name }));
  };
  const enable = async (isEnabled: boolean) => {
    await post(`/api/user/${user.id.id}/userCredentialsEnabled?userCredentialsEnabled=${isEnabled}`);
    await reread();
    const text = isEnabled ? t("{{name}} may sign in.", { name }) : t("{{name}} may not sign in.", { name });
    await notifyDone(text, () => enable(!isEnabled));
  };
  const erase = async () => {
    await remove(`/api/user/${user.id.id}`);
    await reread();
    await notifyDone(t("{{name}} is deleted.", { name }));
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("More about {{name}}", { name })}>
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink size={16} />} onClick={() => void link().catch(notifyFailed)}>
          {t("Copy a link to choose a password")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKey size={16} />}
          onClick={() => void navigate({ to: "/users", search: { tab: "keys", user: user.id.id } })}
        >
          {t("API keys")}
        </Menu.Item>
        <Menu.Item
          leftSection={user.enabled ? <IconLock size={16} /> : <IconLockOpen size={16} />}
          onClick={() => void enable(!user.enabled).catch(notifyFailed)}
        >
          {user.enabled ? t("Lock out") : t("Let in again")}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => void erase().catch(notifyFailed)}>
          {t("Delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
