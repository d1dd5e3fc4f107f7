/// The pages of the navigation and of the command palette, in order.
import {
  IconApi,
  IconBell,
  IconBolt,
  IconBuilding,
  IconChartLine,
  IconCpu,
  IconDatabase,
  IconHome,
  IconId,
  IconLayoutDashboard,
  IconMap,
  IconMessages,
  IconRouteAltLeft,
  IconServer2,
  IconStack2,
  IconTestPipe,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";

export interface PageLink {
  to:
    | "/"
    | "/dashboards"
    | "/devices"
    | "/entities/assets"
    | "/profiles"
    | "/alarms"
    | "/map"
    | "/energy"
    | "/simulator"
    | "/ruleChains"
    | "/realtime"
    | "/explore"
    | "/mqtt"
    | "/streams"
    | "/users"
    | "/system"
    | "/api-explorer";
  /// English, translated where it is shown.
  label: string;
  hint: string;
  icon: TablerIcon;
}

export const pages: PageLink[] = [
  { to: "/", label: "Home", hint: "Everything at a glance", icon: IconHome },
  { to: "/dashboards", label: "Dashboards", hint: "Charts, cards and controls", icon: IconLayoutDashboard },
  { to: "/devices", label: "Devices", hint: "Live values, charts, credentials", icon: IconCpu },
  { to: "/entities/assets", label: "Assets", hint: "Houses, rooms, machines", icon: IconBuilding },
  { to: "/profiles", label: "Profiles", hint: "Kinds of values and alarm rules", icon: IconId },
  { to: "/alarms", label: "Alarms", hint: "What needs attention", icon: IconBell },
  { to: "/ruleChains", label: "Rule chains", hint: "What happens to a message", icon: IconRouteAltLeft },
  { to: "/map", label: "Map", hint: "Where devices are, and fences", icon: IconMap },
  { to: "/energy", label: "Energy", hint: "Consumption, production, cost", icon: IconBolt },
  { to: "/realtime", label: "Realtime database", hint: "The live JSON tree", icon: IconDatabase },
  { to: "/explore", label: "Explore", hint: "Any values as a chart or a file", icon: IconChartLine },
  { to: "/mqtt", label: "MQTT topics", hint: "The broker's messages and clients", icon: IconMessages },
  { to: "/streams", label: "Streams", hint: "Kafka topics and their readers", icon: IconStack2 },
  { to: "/simulator", label: "Simulator", hint: "Devices to look around with", icon: IconTestPipe },
  { to: "/users", label: "Users", hint: "Who may sign in, and customers", icon: IconUsers },
  { to: "/system", label: "System", hint: "Health, storage, counters", icon: IconServer2 },
  { to: "/api-explorer", label: "API", hint: "Every call, to be tried", icon: IconApi },
];
