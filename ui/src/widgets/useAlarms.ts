/// The alarms of a widget's entities, of all when it has none; read again when one comes or changes.
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/http";
import type { Alarm, Page } from "../api/types";
import { useAlarmRefresh } from "../pages/alarms/useAlarmRefresh";
import type { WidgetSource } from "./widget";

const alarmsMax = 100;
const statuses: Record<string, string | undefined> = {
  active: "ACTIVE",
  cleared: "CLEARED",
  unacknowledged: "UNACK",
};

export function useAlarms(sources: WidgetSource[], show: string) {
  const ids = sources.map(({ deviceId }) => deviceId).filter((id) => id !== "");
  const only = ids.length === 1 ? (ids[0] as string) : null;
  useAlarmRefresh(only);
  const { data, error, refetch } = useQuery({
    queryKey: ["alarms", "widget", only, show],
    queryFn: ({ signal }) =>
      get<Page<Alarm>>(
        only ? `/api/alarm/${sources[0]?.entityType ?? "DEVICE"}/${only}` : "/api/alarms",
        {
          pageSize: alarmsMax,
          page: 0,
          sortProperty: "createdTime",
          sortOrder: "DESC",
          fetchOriginator: true,
          searchStatus: statuses[show],
        },
        signal,
      ),
  });
  const alarms = data?.data.filter(({ originator }) => ids.length === 0 || ids.includes(originator.id));
  return { alarms, total: ids.length > 1 ? alarms?.length : data?.totalElements, error, refetch };
}
