/// What happened to a device, newest first, out of its alarms and of what people did.
import type { Alarm, Json } from "../../api/types";
import type { AuditEntry } from "../users/people";

export interface RawMessage {
  id: string;
  receivedAt: number;
  ts: number;
  type: string;
  metadata: { [key: string]: Json };
  msg: Json;
}

export interface Happening {
  ts: number;
  kind: "raised" | "cleared" | "done" | "refused";
  /// An alarm's type, or ThingsBoard's word for what was done.
  what: string;
  who: string;
}

export function happeningsOf(alarms: Alarm[], audit: AuditEntry[]): Happening[] {
  const ofAlarms = alarms.flatMap(({ type, startTs, clearTs }): Happening[] => [
    { ts: startTs, kind: "raised", what: type, who: "" },
    ...(clearTs > 0 ? [{ ts: clearTs, kind: "cleared" as const, what: type, who: "" }] : []),
  ]);
  const ofPeople = audit.map(
    ({ createdTime, actionType, actionStatus, userName }): Happening => ({
      ts: createdTime,
      kind: actionStatus === "FAILURE" ? "refused" : "done",
      what: actionType,
      who: userName,
    }),
  );
  return [...ofAlarms, ...ofPeople].sort((a, b) => b.ts - a.ts);
}
