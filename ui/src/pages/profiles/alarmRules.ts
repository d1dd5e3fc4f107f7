/// Alarm rules of a device profile as a form has them, from and to ThingsBoard's JSON. What a form cannot show
/// (dynamic thresholds, schedules, several predicates) is kept as it is.
import { type Json, type Severity, severities } from "../../api/types";

type JsonObject = { [key: string]: Json };

export const comparisons = {
  GREATER: ">",
  GREATER_OR_EQUAL: "≥",
  LESS: "<",
  LESS_OR_EQUAL: "≤",
  EQUAL: "=",
  NOT_EQUAL: "≠",
} as const;
export type Comparison = keyof typeof comparisons;

export interface Condition {
  source: "TIME_SERIES" | "ATTRIBUTE";
  key: string;
  comparison: Comparison;
  value: number | string | boolean;
}

export interface Rule {
  conditions: Condition[];
  /// At once, after that many milliseconds, or that many times in a row.
  when: { type: "SIMPLE" } | { type: "DURATION"; seconds: number } | { type: "REPEATING"; count: number };
}

export interface AlarmRules {
  id: string;
  type: string;
  create: { severity: Severity; rule: Rule }[];
  clear: Rule | null;
  /// All of it, with what the form does not show.
  json: JsonObject;
}

const seconds: Record<string, number> = { SECONDS: 1, MINUTES: 60, HOURS: 3_600, DAYS: 86_400 };

export function newAlarm(): AlarmRules {
  return {
    id: crypto.randomUUID(),
    type: "",
    create: [{ severity: "CRITICAL", rule: newRule() }],
    clear: null,
    json: {},
  };
}

export function newRule(): Rule {
  return { conditions: [newCondition()], when: { type: "SIMPLE" } };
}

export function newCondition(): Condition {
  return { source: "TIME_SERIES", key: "", comparison: "GREATER", value: 0 };
}

/// Null where a form would lose something: then the JSON is what is edited.
export function read(json: Json): AlarmRules | null {
  const alarm = objectOf(json);
  const create = Object.entries(objectOf(alarm.createRules)).map(([severity, rule]) => ({
    severity: severity as Severity,
    rule: ruleOf(rule),
  }));
  const clear = alarm.clearRule ? ruleOf(alarm.clearRule) : null;
  if (create.some(({ rule }) => rule === null) || (alarm.clearRule && clear === null)) return null;
  return {
    id: typeof alarm.id === "string" ? alarm.id : String(alarm.alarmType ?? ""),
    type: String(alarm.alarmType ?? ""),
    create: create.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)) as {
      severity: Severity;
      rule: Rule;
    }[],
    clear,
    json: alarm,
  };
}

export function write({ id, type, create, clear, json }: AlarmRules): JsonObject {
  const before = objectOf(json.createRules);
  return {
    propagate: false,
    propagateRelationTypes: null,
    ...json,
    id,
    alarmType: type.trim(),
    createRules: Object.fromEntries(
      create.map(({ severity, rule }) => [severity, ruleJson(rule, objectOf(before[severity]))]),
    ),
    clearRule: clear ? ruleJson(clear, objectOf(json.clearRule)) : null,
  };
}

/// Whether nothing is left open.
export function isComplete({ type, create, clear }: AlarmRules): boolean {
  const isWhole = (rule: Rule) =>
    rule.conditions.length > 0 && rule.conditions.every(({ key }) => key !== "");
  return (
    type.trim() !== "" &&
    create.length > 0 &&
    create.every(({ rule }) => isWhole(rule)) &&
    (clear === null || isWhole(clear))
  );
}

function ruleOf(json: Json | undefined): Rule | null {
  const rule = objectOf(json);
  if (rule.schedule && objectOf(rule.schedule).type !== "ANY_TIME") return null;
  const { condition, spec } = objectOf(rule.condition);
  const conditions = (Array.isArray(condition) ? condition : []).map(conditionOf);
  const when = whenOf(objectOf(spec));
  return when === null || conditions.includes(null) ? null : { conditions: conditions as Condition[], when };
}

function conditionOf(json: Json): Condition | null {
  const { key, predicate } = objectOf(json);
  const { type, key: name } = objectOf(key);
  const { operation, value } = objectOf(predicate);
  const { defaultValue, dynamicValue, userValue } = objectOf(value);
  const isPlain =
    (type === "TIME_SERIES" || type === "ATTRIBUTE") &&
    typeof operation === "string" &&
    operation in comparisons &&
    !dynamicValue &&
    (userValue === undefined || userValue === null) &&
    ["number", "string", "boolean"].includes(typeof defaultValue);
  if (!isPlain) return null;
  return {
    source: type,
    key: String(name ?? ""),
    comparison: operation as Comparison,
    value: defaultValue as Condition["value"],
  };
}

function whenOf(spec: JsonObject): Rule["when"] | null {
  const { defaultValue, dynamicValue } = objectOf(spec.predicate);
  if (dynamicValue) return null;
  switch (spec.type ?? "SIMPLE") {
    case "SIMPLE":
      return { type: "SIMPLE" };
    case "DURATION":
      return {
        type: "DURATION",
        seconds: Number(defaultValue ?? spec.value) * (seconds[String(spec.unit)] ?? 1),
      };
    case "REPEATING":
      return { type: "REPEATING", count: Number(defaultValue ?? spec.count) };
    default:
      return null;
  }
}

function ruleJson({ conditions, when }: Rule, before: JsonObject): JsonObject {
  return {
    schedule: null,
    alarmDetails: null,
    dashboardId: null,
    ...before,
    condition: { condition: conditions.map(conditionJson), spec: specJson(when) },
  };
}

function conditionJson({ source, key, comparison, value }: Condition): JsonObject {
  const type = typeof value === "number" ? "NUMERIC" : typeof value === "boolean" ? "BOOLEAN" : "STRING";
  return {
    key: { type: source, key: key.trim() },
    valueType: type,
    value: null,
    predicate: {
      type,
      operation: comparison,
      ...(type === "STRING" && { ignoreCase: false }),
      value: { userValue: null, defaultValue: value, dynamicValue: null },
    },
  };
}

function specJson(when: Rule["when"]): JsonObject {
  const predicate = (defaultValue: number) => ({ userValue: null, defaultValue, dynamicValue: null });
  switch (when.type) {
    case "SIMPLE":
      return { type: "SIMPLE" };
    case "DURATION":
      return { type: "DURATION", unit: "SECONDS", predicate: predicate(when.seconds) };
    case "REPEATING":
      return { type: "REPEATING", predicate: predicate(when.count) };
  }
}

function objectOf(json: Json | undefined): JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}
