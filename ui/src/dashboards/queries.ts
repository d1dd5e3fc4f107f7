/// Dashboards as pages read and write them.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { get, post } from "../api/http";
import type { EntityId, Page } from "../api/types";
import type { Dashboard } from "./model";

export interface DashboardInfo {
  id: EntityId;
  createdTime: number;
  title: string;
}

export const dashboardsQuery = (textSearch = "") =>
  queryOptions({
    queryKey: ["dashboards", textSearch],
    queryFn: ({ signal }) =>
      get<Page<DashboardInfo>>(
        "/api/tenant/dashboards",
        { pageSize: 500, page: 0, textSearch, sortProperty: "title", sortOrder: "ASC" },
        signal,
      ),
  });

export const dashboardQuery = (id: string) =>
  queryOptions({
    queryKey: ["dashboard", id],
    queryFn: ({ signal }) => get<Dashboard>(`/api/dashboard/${id}`, {}, signal),
    staleTime: 10_000,
  });

/// Makes a dashboard or changes one; the answer is what the server now has.
export function useSaveDashboard(onSaved: (dashboard: Dashboard) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (dashboard: Dashboard) => post<Dashboard>("/api/dashboard", dashboard),
    onSuccess: (dashboard) => {
      queries.setQueryData(["dashboard", dashboard.id?.id], dashboard);
      void queries.invalidateQueries({ queryKey: ["dashboards"] });
      onSaved(dashboard);
    },
  });
}
