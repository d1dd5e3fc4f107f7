/// The frame around every page: navigation, command palette, live state, account.
import { AppShell, Burger, Group, Kbd, NavLink, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { AccountMenu } from "./AccountMenu";
import { LiveBadge } from "./LiveBadge";
import { pages } from "./pages";
import classes from "./Shell.module.css";

const CommandPalette = lazy(() => import("./CommandPalette"));

export function Shell() {
  const { t } = useTranslation();
  const [menuOpen, menu] = useDisclosure();
  const [paletteAsked, setPaletteAsked] = useState(0);
  const { pathname } = useLocation();
  const askPalette = () => setPaletteAsked((n) => n + 1);
  useHotkeys([["mod+K", askPalette]], []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(menu.close, [pathname]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: "sm", collapsed: { mobile: !menuOpen } }}
      classNames={{ header: classes.header, navbar: classes.navbar, main: classes.main }}
    >
      <a href="#page" className={classes.skip}>
        {t("Skip to the page")}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            opened={menuOpen}
            onClick={menu.toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={menuOpen ? t("Close the menu") : t("Open the menu")}
            aria-expanded={menuOpen}
          />
          <Link to="/" className={classes.brand} aria-label={t("Millrace, home")}>
            <img src="/icon.svg" width={28} height={28} alt="" />
            <Text component="span" fw={700} size="lg" visibleFrom="xs">
              Millrace
            </Text>
          </Link>
          <UnstyledButton
            className={classes.search}
            onClick={askPalette}
            aria-label={t("Search and commands")}
          >
            <IconSearch size={16} aria-hidden />
            <Text component="span" size="sm" flex={1} visibleFrom="xs">
              {t("Search or jump to…")}
            </Text>
            <Kbd size="xs" visibleFrom="sm" aria-hidden>
              Ctrl K
            </Kbd>
          </UnstyledButton>
          <LiveBadge />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t("Pages")}>
        {pages.map(({ to, label, icon: Icon }) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={t(label)}
            leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
            active={to === "/" ? pathname === "/" : pathname.startsWith(to)}
            aria-current={pathname === to ? "page" : undefined}
            className={classes.link}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      {paletteAsked > 0 && (
        <Suspense>
          <CommandPalette asked={paletteAsked} />
        </Suspense>
      )}
    </AppShell>
  );
}
