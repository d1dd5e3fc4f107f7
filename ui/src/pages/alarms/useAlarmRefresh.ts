import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAlarmNews } from "../../live";

/// Reads the alarms shown again whenever the server says that one came or changed.
export function useAlarmRefresh(deviceId: string | null): void {
  const queries = useQueryClient();
  const reread = useCallback(
    () => void queries.invalidateQueries({ queryKey: ["alarms"] }, { cancelRefetch: false }),
    [queries],
  );
  useAlarmNews(deviceId, reread);
}
