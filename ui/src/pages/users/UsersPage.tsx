/// Who may sign in and do what, customers, keys of programs, and who changed what.
import "@mantine/core/styles/Tabs.css";
import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { session } from "../../api/session";
import type { PeopleTab } from "../../router";
import { Page } from "../Page";
import { ApiKeys } from "./ApiKeys";
import { AuditLog } from "./AuditLog";
import { CustomersTab } from "./CustomersTab";
import { TenantsTab } from "./TenantsTab";
import { UsersTab } from "./UsersTab";

export function UsersPage() {
  const { t } = useTranslation();
  const isSystem = session.caller()?.authority === "SYS_ADMIN";
  const { tab = isSystem ? "tenants" : "users" } = useSearch({ from: "/inside/users" });
  const navigate = useNavigate({ from: "/users" });
  return (
    <Page title={t("Users")} hint={t("Who may sign in, and what each of them may do.")}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: next === "users" ? {} : { tab: next as PeopleTab } })}
      >
        <Tabs.List mb="md">
          {isSystem && <Tabs.Tab value="tenants">{t("Tenants")}</Tabs.Tab>}
          {!isSystem && <Tabs.Tab value="users">{t("Users")}</Tabs.Tab>}
          {!isSystem && <Tabs.Tab value="customers">{t("Customers")}</Tabs.Tab>}
          <Tabs.Tab value="keys">{t("API keys")}</Tabs.Tab>
          {!isSystem && <Tabs.Tab value="audit">{t("Audit log")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="tenants">
          <TenantsTab />
        </Tabs.Panel>
        <Tabs.Panel value="users">
          <UsersTab />
        </Tabs.Panel>
        <Tabs.Panel value="customers">
          <CustomersTab />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <ApiKeys />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditLog />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
