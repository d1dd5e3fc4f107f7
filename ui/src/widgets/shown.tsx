/// For the tests of widgets: draws one with values that stand still, on a page that leads nowhere.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ComponentType } from "react";
import type { Json } from "../api/types";
import { startText } from "../text/i18n";
import { completed } from "./index";
import type { WidgetProps } from "./widget";

/// What `vi.mock("../../live", …)` of a test gives back: these values for every entity.
export function liveOf(values: Record<string, Json>) {
  const snapshot = new Map(Object.entries(values).map(([key, value]) => [key, { ts: 1, value }]));
  return {
    useLatest: () => snapshot,
    useLatestOf: (sources: { deviceId: string }[]) =>
      new Map(sources.map(({ deviceId }) => [deviceId, snapshot])),
    useAlarmNews: () => {},
    feed: () => ({ onPoints: () => () => {}, onSnapshot: () => () => {}, snapshot: () => snapshot }),
  };
}

export async function show(Widget: ComponentType<WidgetProps>, props: Partial<WidgetProps>): Promise<void> {
  await startText();
  const root = createRootRoute({ component: () => <Widget {...completed(props)} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  await router.load();
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
