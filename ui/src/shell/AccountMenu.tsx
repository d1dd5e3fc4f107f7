import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
  IconCheck,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { session } from "../api/session";
import { signOut } from "../api/signOut";
import { languages, setLanguage } from "../text/i18n";

const schemes = [
  { value: "light", label: "Light", icon: IconSun },
  { value: "dark", label: "Dark", icon: IconMoon },
  { value: "auto", label: "As the system", icon: IconDeviceDesktop },
] as const;

export default function AccountMenu() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const check = <IconCheck size={16} aria-label={t("chosen")} />;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("Account and appearance")}>
          <IconUserCircle size={22} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.caller()?.email}</Menu.Label>
        <Menu.Item leftSection={<IconUserCircle size={18} />} component={Link} to="/account">
          {t("My account")}
        </Menu.Item>
        <Menu.Item leftSection={<IconBell size={18} />} component={Link} to="/notifications">
          {t("Notifications")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void signOut()}>
          {t("Sign out")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("Appearance")}</Menu.Label>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={18} />}
            rightSection={colorScheme === value && check}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        {Object.keys(languages).length > 1 && <Menu.Label>{t("Language")}</Menu.Label>}
        {Object.keys(languages).length > 1 &&
          Object.entries(languages).map(([code, name]) => (
            <Menu.Item
              key={code}
              rightSection={i18n.language === code && check}
              onClick={() => void setLanguage(code)}
            >
              {name}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
