/// The ways in: what is shown to those who are not signed in.
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { getPublic } from "./api/http";
import { session } from "./api/session";
import { flag, isOwnPath, text } from "./search";
import { NotFound } from "./shell/PageState";

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/login",
  /// With `stay` it is shown even while the first administrator is still to be chosen.
  validateSearch: (search): { to?: string; stay?: true } => ({
    ...(isOwnPath(search.to) ? { to: search.to } : {}),
    ...flag("stay", search),
  }),
  beforeLoad: async ({ search }) => {
    if (session.isSignedIn()) throw redirect({ to: "/" });
    if (!search.stay && (await needsSetUp())) throw redirect({ to: "/setup" });
  },
  component: lazyRouteComponent(() => import("./pages/sign-in/SignInPage"), "SignInPage"),
});

const needsSetUp = () =>
  getPublic<{ needed: boolean }>("/api/noauth/setup").then(
    ({ needed }) => needed,
    () => false,
  );

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: (search): { token?: string } => text("token", search),
  beforeLoad: async () => {
    if (!(await needsSetUp())) throw redirect({ to: "/login" });
  },
  component: lazyRouteComponent(() => import("./pages/sign-in/SetUpPage"), "SetUpPage"),
});

const createPassword = createRoute({
  getParentRoute: () => root,
  path: "/login/createPassword",
  validateSearch: (search): { activateToken?: string } => text("activateToken", search),
  component: lazyRouteComponent(() => import("./pages/sign-in/PasswordPage"), "CreatePasswordPage"),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/login/resetPassword",
  validateSearch: (search): { resetToken?: string } => text("resetToken", search),
  component: lazyRouteComponent(() => import("./pages/sign-in/PasswordPage"), "ResetPasswordPage"),
});

/// A dashboard as everybody may see it; the address is ThingsBoard's.
const publicDashboard = createRoute({
  getParentRoute: () => root,
  path: "/dashboard/$dashboardId",
  validateSearch: (search): { publicId?: string; window?: string; state?: string; compare?: true } => ({
    ...text("publicId", search),
    ...text("window", search),
    ...text("state", search),
    ...flag("compare", search),
  }),
  component: lazyRouteComponent(() => import("./pages/dashboard/PublicDashboardPage"), "PublicDashboardPage"),
});

export const doors = [signIn, setUp, createPassword, resetPassword, publicDashboard];
