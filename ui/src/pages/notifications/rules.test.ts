import { expect, test } from "vitest";
import { firstRule, listed, ruleText, targetConfig, triggerConfig } from "./rules";

test("a rule on alarms tells of their whole life", () => {
  expect(triggerConfig({ ...firstRule, alarmTypes: ["Hot"] })).toEqual({
    triggerType: "ALARM",
    alarmTypes: ["Hot"],
    notifyOn: ["CREATED", "SEVERITY_CHANGED", "ACKNOWLEDGED", "CLEARED"],
  });
});

test("whom it tells is one of ThingsBoard's targets, or a webhook", () => {
  expect(targetConfig(firstRule)).toEqual({
    type: "PLATFORM_USERS",
    usersFilter: { type: "TENANT_ADMINISTRATORS" },
  });
  expect(targetConfig({ ...firstRule, whom: "webhook", url: " http://x/ " })).toEqual({
    type: "WEBHOOK",
    url: "http://x/",
  });
});

test("a trigger that only the API makes is shown by its name", () => {
  expect(ruleText("ALARM")).toBe("Alarms");
  expect(ruleText("RATE_LIMITS")).toBe("RATE_LIMITS");
});

test("alarm types are listed with commas between", () => {
  expect(listed(" Hot, Cold ,,")).toEqual(["Hot", "Cold"]);
  expect(listed("")).toEqual([]);
});
