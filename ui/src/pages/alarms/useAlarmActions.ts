import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "../../api/http";
import type { Alarm } from "../../api/types";
import { notifyFailed } from "../../shell/notify";

export function useAlarmActions(alarm: Alarm) {
  const queries = useQueryClient();
  const shared = {
    onError: notifyFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ["alarms"] }),
  };
  const acknowledge = useMutation({ mutationFn: () => post(`/api/alarm/${alarm.id.id}/ack`), ...shared });
  const clear = useMutation({ mutationFn: () => post(`/api/alarm/${alarm.id.id}/clear`), ...shared });
  return { acknowledge, clear };
}
