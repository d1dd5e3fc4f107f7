/// Every view has a URL; each page is loaded when it is first opened.
import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { AlarmFilter } from "./api/queries";
import { session } from "./api/session";
import { doors, root } from "./doors";
import {
  type Aggregation,
  aggregations,
  type BucketInterval,
  intervals,
  spans,
} from "./pages/explore/question";
import { flag, oneOf, text, whole } from "./search";
import { PageFailed } from "./shell/PageState";

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: ({ location }) => {
    if (!session.isSignedIn())
      throw redirect({ to: "/login", search: location.href === "/" ? {} : { to: location.href } });
  },
  component: lazyRouteComponent(() => import("./shell/Shell"), "Shell"),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/home/HomePage"), "HomePage"),
});

interface DevicesSearch {
  q?: string;
  state?: "active" | "inactive";
  /// The id of a device profile.
  profile?: string;
  create?: true;
}

const devices = createRoute({
  getParentRoute: () => inside,
  path: "/devices",
  validateSearch: (search): DevicesSearch => ({
    ...text("q", search),
    ...oneOf("state", ["active", "inactive"] as const, search),
    ...text("profile", search),
    ...flag("create", search),
  }),
  component: lazyRouteComponent(() => import("./pages/devices/DevicesPage"), "DevicesPage"),
});

const deviceTabs = [
  "live",
  "attributes",
  "alarms",
  "commands",
  "timeline",
  "fields",
  "relations",
  "connect",
] as const;
export type DeviceTab = (typeof deviceTabs)[number];

const device = createRoute({
  getParentRoute: () => inside,
  path: "/devices/$deviceId",
  validateSearch: (search): { tab?: DeviceTab; window?: string; keys?: string } => ({
    ...oneOf("tab", deviceTabs, search),
    ...text("window", search),
    ...text("keys", search),
  }),
  component: lazyRouteComponent(() => import("./pages/device/DevicePage"), "DevicePage"),
});

const alarmFilters = ["any", "active", "cleared", "unacknowledged"] as const satisfies AlarmFilter[];

const alarms = createRoute({
  getParentRoute: () => inside,
  path: "/alarms",
  validateSearch: (search): { show?: AlarmFilter } => oneOf("show", alarmFilters, search),
  component: lazyRouteComponent(() => import("./pages/alarms/AlarmsPage"), "AlarmsPage"),
});

const ruleChains = createRoute({
  getParentRoute: () => inside,
  path: "/ruleChains",
  component: lazyRouteComponent(() => import("./pages/rule-chains/RuleChainsPage"), "RuleChainsPage"),
});

const ruleChain = createRoute({
  getParentRoute: () => inside,
  path: "/ruleChains/$ruleChainId",
  /// The node or connection that is chosen.
  validateSearch: (search): { node?: string } => text("node", search),
  component: lazyRouteComponent(() => import("./pages/rule-chain/RuleChainPage"), "RuleChainPage"),
});

const dashboards = createRoute({
  getParentRoute: () => inside,
  path: "/dashboards",
  component: lazyRouteComponent(() => import("./pages/dashboards/DashboardsPage"), "DashboardsPage"),
});

const dashboard = createRoute({
  getParentRoute: () => inside,
  path: "/dashboards/$dashboardId",
  /// The time window is "15m", or "from-until" in milliseconds.
  validateSearch: (search): { edit?: true; window?: string; state?: string; compare?: true } => ({
    ...flag("edit", search),
    ...text("window", search),
    ...text("state", search),
    ...flag("compare", search),
  }),
  component: lazyRouteComponent(() => import("./pages/dashboard/DashboardPage"), "DashboardPage"),
});

const realtime = createRoute({
  getParentRoute: () => inside,
  path: "/realtime",
  component: lazyRouteComponent(() => import("./pages/realtime/RealtimePage"), "RealtimePage"),
});

const database = createRoute({
  getParentRoute: () => inside,
  path: "/realtime/$database",
  validateSearch: (search): { path?: string } => text("path", search),
  component: lazyRouteComponent(() => import("./pages/realtime/DatabasePage"), "DatabasePage"),
});

const streamsTabs = ["groups", "sources"] as const;
type StreamsTab = (typeof streamsTabs)[number];

const streams = createRoute({
  getParentRoute: () => inside,
  path: "/streams",
  validateSearch: (search): { tab?: StreamsTab; q?: string; internal?: true; create?: true } => ({
    ...oneOf("tab", streamsTabs, search),
    ...text("q", search),
    ...flag("internal", search),
    ...flag("create", search),
  }),
  component: lazyRouteComponent(() => import("./pages/streams/StreamsPage"), "StreamsPage"),
});

const topicTabs = ["records", "live", "produce", "settings"] as const;
export type TopicTab = (typeof topicTabs)[number];

interface TopicSearch {
  tab?: TopicTab;
  partition?: number;
  offset?: number;
  ts?: number;
  key?: string;
  contains?: string;
  order?: "newest" | "oldest";
  /// The record that is open, as partition-offset.
  at?: string;
}

const topic = createRoute({
  getParentRoute: () => inside,
  path: "/streams/topics/$topic",
  validateSearch: (search): TopicSearch => ({
    ...oneOf("tab", topicTabs, search),
    ...whole("partition", search),
    ...whole("offset", search),
    ...whole("ts", search),
    ...text("key", search),
    ...text("contains", search),
    ...oneOf("order", ["newest", "oldest"] as const, search),
    ...text("at", search),
  }),
  component: lazyRouteComponent(() => import("./pages/topic/TopicPage"), "TopicPage"),
});

const consume = createRoute({
  getParentRoute: () => inside,
  path: "/streams/topics/$topic/consume",
  validateSearch: (search): { run?: true; from?: "latest" | "earliest"; vehicle?: string } => ({
    ...flag("run", search),
    ...oneOf("from", ["latest", "earliest"] as const, search),
    ...text("vehicle", search),
  }),
  component: lazyRouteComponent(() => import("./pages/consume/ConsumePage"), "ConsumePage"),
});

const consumerGroup = createRoute({
  getParentRoute: () => inside,
  path: "/streams/groups/$group",
  component: lazyRouteComponent(() => import("./pages/consumer-group/GroupPage"), "GroupPage"),
});

interface MqttSearch {
  tab?: "clients";
  q?: string;
  topic?: string;
  absent?: true;
  client?: string;
}

const mqtt = createRoute({
  getParentRoute: () => inside,
  path: "/mqtt",
  validateSearch: (search): MqttSearch => ({
    ...oneOf("tab", ["clients"] as const, search),
    ...text("q", search),
    ...text("topic", search),
    ...flag("absent", search),
    ...text("client", search),
  }),
  component: lazyRouteComponent(() => import("./pages/mqtt/MqttPage"), "MqttPage"),
});

interface ExploreSearch {
  /// Device and key of each series: see pages/explore/question.ts.
  series?: string;
  /// The device that is offered first.
  device?: string;
  span?: string;
  from?: number;
  until?: number;
  agg?: Aggregation;
  every?: BucketInterval;
}

const explore = createRoute({
  getParentRoute: () => inside,
  path: "/explore",
  validateSearch: (search): ExploreSearch => ({
    ...text("series", search),
    ...text("device", search),
    ...oneOf("span", Object.keys(spans), search),
    ...whole("from", search),
    ...whole("until", search),
    ...oneOf("agg", aggregations, search),
    ...oneOf("every", intervals, search),
  }),
  component: lazyRouteComponent(() => import("./pages/explore/ExplorePage"), "ExplorePage"),
});

const peopleTabs = ["customers", "keys", "audit", "tenants"] as const;
export type PeopleTab = (typeof peopleTabs)[number];

const account = createRoute({
  getParentRoute: () => inside,
  path: "/account",
  component: lazyRouteComponent(() => import("./pages/account/AccountPage"), "AccountPage"),
});

const start = createRoute({
  getParentRoute: () => inside,
  path: "/start",
  component: lazyRouteComponent(() => import("./pages/start/StartPage"), "StartPage"),
});

const simulator = createRoute({
  getParentRoute: () => inside,
  path: "/simulator",
  component: lazyRouteComponent(() => import("./pages/simulator/SimulatorPage"), "SimulatorPage"),
});

const periods = ["day", "week", "month", "year"] as const;
export type Period = (typeof periods)[number];

const energy = createRoute({
  getParentRoute: () => inside,
  path: "/energy",
  /// A period and a day within it, as 2026-11-22.
  validateSearch: (search): { period?: Period; at?: string } => ({
    ...oneOf("period", periods, search),
    ...text("at", search),
  }),
  component: lazyRouteComponent(() => import("./pages/energy/EnergyPage"), "EnergyPage"),
});

const map = createRoute({
  getParentRoute: () => inside,
  path: "/map",
  component: lazyRouteComponent(() => import("./pages/map/MapPage"), "MapPage"),
});

const assets = createRoute({
  getParentRoute: () => inside,
  path: "/entities/assets",
  validateSearch: (search): { q?: string } => text("q", search),
  component: lazyRouteComponent(() => import("./pages/assets/AssetsPage"), "AssetsPage"),
});

const assetTabs = ["attributes", "alarms", "relations"] as const;
export type AssetTab = (typeof assetTabs)[number];

const asset = createRoute({
  getParentRoute: () => inside,
  path: "/entities/assets/$assetId",
  validateSearch: (search): { tab?: AssetTab } => oneOf("tab", assetTabs, search),
  component: lazyRouteComponent(() => import("./pages/assets/AssetPage"), "AssetPage"),
});

const profiles = createRoute({
  getParentRoute: () => inside,
  path: "/profiles",
  component: lazyRouteComponent(() => import("./pages/profiles/ProfilesPage"), "ProfilesPage"),
});

const profile = createRoute({
  getParentRoute: () => inside,
  path: "/profiles/$profileId",
  component: lazyRouteComponent(() => import("./pages/profiles/ProfilePage"), "ProfilePage"),
});

const notifications = createRoute({
  getParentRoute: () => inside,
  path: "/notifications",
  component: lazyRouteComponent(() => import("./pages/notifications/NotificationsPage"), "NotificationsPage"),
});

const users = createRoute({
  getParentRoute: () => inside,
  path: "/users",
  validateSearch: (search): { tab?: PeopleTab; user?: string } => ({
    ...oneOf("tab", peopleTabs, search),
    ...text("user", search),
  }),
  component: lazyRouteComponent(() => import("./pages/users/UsersPage"), "UsersPage"),
});

const system = createRoute({
  getParentRoute: () => inside,
  path: "/system",
  component: lazyRouteComponent(() => import("./pages/system/SystemPage"), "SystemPage"),
});

const apiExplorer = createRoute({
  getParentRoute: () => inside,
  path: "/api-explorer",
  validateSearch: (search): { q?: string } => text("q", search),
  component: lazyRouteComponent(() => import("./pages/api-explorer/ApiPage"), "ApiPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    ...doors,
    inside.addChildren([
      home,
      devices,
      device,
      alarms,
      ruleChains,
      ruleChain,
      dashboards,
      dashboard,
      realtime,
      database,
      mqtt,
      explore,
      streams,
      topic,
      consume,
      consumerGroup,
      simulator,
      energy,
      map,
      assets,
      asset,
      profiles,
      profile,
      notifications,
      users,
      account,
      start,
      system,
      apiExplorer,
    ]),
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

// The tokens ran out or another tab signed out: back to the door, remembering where we were.
session.onChange(() => void router.invalidate());
