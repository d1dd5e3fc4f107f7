/// The frame around every page: navigation, command palette, live state, account.
import { ActionIcon, Kbd, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconMenu2, IconSearch, IconUserCircle, IconX } from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { LiveBadge } from "./LiveBadge";
import { pages } from "./pages";
import classes from "./Shell.module.css";

const CommandPalette = lazy(() => import("./CommandPalette"));
const AccountMenu = lazy(() => import("./AccountMenu"));
const Bell = lazy(() => import("./Bell"));

// The font follows the first page, which is drawn in the system's own: a quarter of what that page may weigh.
void import("@fontsource-variable/inter");

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
    <div className={classes.shell}>
      <a href="#page" className={classes.skip}>
        {t("Skip to the page")}
      </a>
      <header className={classes.header}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          hiddenFrom="sm"
          onClick={menu.toggle}
          aria-expanded={menuOpen}
          aria-controls="pages"
          aria-label={menuOpen ? t("Close the menu") : t("Open the menu")}
        >
          {menuOpen ? <IconX size={22} /> : <IconMenu2 size={22} />}
        </ActionIcon>
        <Link to="/" className={classes.brand} aria-label={t("Millrace, home")}>
          <img src="/icon.svg" width={28} height={28} alt="" />
          <Text component="span" fw={700} size="lg" visibleFrom="xs">
            Millrace
          </Text>
        </Link>
        <UnstyledButton className={classes.search} onClick={askPalette} aria-label={t("Search and commands")}>
          <IconSearch size={16} aria-hidden />
          <Text component="span" size="sm" flex={1} visibleFrom="xs">
            {t("Search or jump to…")}
          </Text>
          <Kbd size="xs" visibleFrom="sm" aria-hidden>
            Ctrl K
          </Kbd>
        </UnstyledButton>
        <LiveBadge />
        <Suspense fallback={<IconUserCircle size={34} stroke={1} opacity={0} aria-hidden />}>
          <Bell />
          <AccountMenu />
        </Suspense>
      </header>
      <Navigation isOpen={menuOpen} />
      <main id="page" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      {paletteAsked > 0 && (
        <Suspense>
          <CommandPalette asked={paletteAsked} />
        </Suspense>
      )}
    </div>
  );
}

function Navigation({ isOpen }: { isOpen: boolean }) {
  const { t } = useTranslation();
  return (
    <nav id="pages" aria-label={t("Pages")} className={classes.navigation} data-open={isOpen || undefined}>
      {pages.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={classes.link}
          activeOptions={{ exact: to === "/", includeSearch: false }}
        >
          <Icon size={20} stroke={1.6} aria-hidden />
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
