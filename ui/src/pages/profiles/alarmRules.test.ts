import { expect, test } from "vitest";
import { type AlarmRules, isComplete, newAlarm, read, write } from "./alarmRules";

const hot: AlarmRules = {
  id: "a",
  type: "Hot",
  create: [
    {
      severity: "CRITICAL",
      rule: {
        conditions: [{ source: "TIME_SERIES", key: "temperature", comparison: "GREATER", value: 30 }],
        when: { type: "DURATION", seconds: 90 },
      },
    },
    {
      severity: "WARNING",
      rule: {
        conditions: [{ source: "ATTRIBUTE", key: "mode", comparison: "EQUAL", value: "auto" }],
        when: { type: "REPEATING", count: 3 },
      },
    },
  ],
  clear: {
    conditions: [{ source: "TIME_SERIES", key: "temperature", comparison: "LESS", value: 25 }],
    when: { type: "SIMPLE" },
  },
  json: {},
};

test("what is written is read again as it was", () => {
  const { json: _, ...again } = read(write(hot)) as AlarmRules;
  const { json: __, ...before } = hot;
  expect(again).toEqual(before);
});

test("what the form does not show stays in the JSON", () => {
  const stored = { ...write(hot), propagate: true, hygiene: { hysteresis: 2 } };
  const again = write(read(stored) as AlarmRules);
  expect(again).toMatchObject({ propagate: true, hygiene: { hysteresis: 2 } });
});

test("a threshold that is an attribute, or a schedule, is not for the form", () => {
  const dynamic = JSON.parse(
    JSON.stringify(write(hot)).replace(
      '"defaultValue":30,"dynamicValue":null',
      '"defaultValue":30,"dynamicValue":{"sourceType":"CURRENT_DEVICE","sourceAttribute":"limit"}',
    ),
  );
  expect(read(dynamic)).toBeNull();
  const scheduled = JSON.parse(
    JSON.stringify(write(hot)).replace('"schedule":null', '"schedule":{"type":"SPECIFIC_TIME"}'),
  );
  expect(read(scheduled)).toBeNull();
});

test("a duration in minutes is shown in seconds", () => {
  const minutes = JSON.parse(
    JSON.stringify(write(hot))
      .replace('"unit":"SECONDS"', '"unit":"MINUTES"')
      .replace('"defaultValue":90', '"defaultValue":2'),
  );
  expect(read(minutes)?.create[0]?.rule.when).toEqual({ type: "DURATION", seconds: 120 });
});

test("a new alarm is not complete until it has a name and its key", () => {
  const fresh = newAlarm();
  expect(isComplete(fresh)).toBe(false);
  expect(isComplete(hot)).toBe(true);
});
