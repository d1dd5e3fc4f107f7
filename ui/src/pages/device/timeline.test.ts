import { expect, test } from "vitest";
import type { Alarm } from "../../api/types";
import type { AuditEntry } from "../users/people";
import { happeningsOf } from "./timeline";

test("alarms and what people did stand in one line of time, newest first", () => {
  const alarm = { type: "Hot", startTs: 10, clearTs: 30 } as Alarm;
  const still = { type: "Low", startTs: 40, clearTs: 0 } as Alarm;
  const entry = { createdTime: 20, actionType: "UPDATED", actionStatus: "FAILURE", userName: "a@x" };
  expect(
    happeningsOf([alarm, still], [entry as AuditEntry]).map(({ ts, kind, what }) => [ts, kind, what]),
  ).toEqual([
    [40, "raised", "Low"],
    [30, "cleared", "Hot"],
    [20, "refused", "UPDATED"],
    [10, "raised", "Hot"],
  ]);
});
