/// From the description of a kind of node to its form: labels, defaults, which settings are scripts.
import type { Json, NodeComponent, NodeSetting, RuleNode } from "../../api/types";

export type Components = ReadonlyMap<string, NodeComponent>;

/// By class name, and by the plain name that Millrace's own nodes may have.
export function componentsByType(components: NodeComponent[]): Components {
  return new Map(components.flatMap((each) => [[each.name, each] as const, [each.clazz, each] as const]));
}

export function definitionOf(component: NodeComponent | undefined) {
  return component?.configurationDescriptor.nodeDefinition;
}

export function newNode(component: NodeComponent): RuleNode {
  return {
    type: component.clazz,
    name: component.name,
    configurationVersion: component.configurationVersion,
    configuration: defaultsOf(definitionOf(component)?.settings ?? []),
    additionalInfo: { description: "" },
  };
}

export function defaultsOf(settings: NodeSetting[]): Record<string, Json> {
  return Object.fromEntries(settings.map((setting) => [setting.name, defaultOf(setting)]));
}

function defaultOf({ name, type, default: given, choices, fields }: NodeSetting): Json {
  if (type === "boolean") return given === "true";
  if (type === "int" || type === "long" || type === "double") return given === null ? 0 : Number(given);
  if (type === "List") return given === null ? [] : given.split(",").map((word) => word.trim());
  if (type === "Map") return {};
  if (choices) return given ?? choices[0] ?? "";
  if (fields) return defaultsOf(fields);
  if (type === "JsonValue" || type === "JsonObject") return null;
  return given ?? exampleScript(name);
}

function exampleScript(name: string): string {
  if (!isScript(name)) return "";
  if (name.startsWith("alarmDetails")) return "var details = {};\nreturn details;";
  return "return true;";
}

export function isScript(name: string): boolean {
  return /(js|tbel)Script$|Build(Js|Tbel)$/.test(name);
}

/// Of the scripts only the one that runs is shown.
export function isShown({ name }: NodeSetting, configuration: Record<string, Json>): boolean {
  if (!isScript(name)) return true;
  return /tbel/i.test(name) === (configuration.scriptLang === "TBEL");
}

/// What a new filter's or transformation's script starts as.
export function starterScripts(component: NodeComponent): Partial<Record<string, string>> {
  const simple = component.clazz.split(".").at(-1);
  if (simple === "TbTransformMsgNode")
    return both("return {msg: msg, metadata: metadata, msgType: msgType};");
  if (simple === "TbJsSwitchNode") return both("return ['One', 'Other'];");
  if (simple === "TbLogNode") return both("return JSON.stringify(msg);");
  if (simple === "TbMsgGeneratorNode")
    return both("return {msg: {temperature: 20}, metadata: {}, msgType: 'POST_TELEMETRY_REQUEST'};");
  return {};
}

function both(script: string): Partial<Record<string, string>> {
  return { jsScript: script, tbelScript: script };
}

/// The labels that may leave a node: its own, and Failure where messages can fail.
export function labelsOf(component: NodeComponent | undefined): string[] {
  const own = definitionOf(component)?.relationTypes ?? [];
  if (component?.name === "output") return [];
  return own.includes("Failure") ? own : [...own, "Failure"];
}

/// The label that a new connection gets: the first that leads nowhere yet.
export function nextLabel(component: NodeComponent | undefined, used: string[]): string {
  const labels = labelsOf(component).filter((label) => label !== "Failure");
  return labels.find((label) => !used.includes(label)) ?? labels[0] ?? "Success";
}

/// "alarmDetailsBuildJs" reads "Alarm details build js".
export function settingLabel(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/// What is wrong with a value, in words, or null.
export function mistakeIn({ min, max, type }: NodeSetting, value: Json): string | null {
  if (type !== "int" && type !== "long" && type !== "double") return null;
  if (typeof value !== "number") return null;
  if (min !== undefined && value < min) return `At least ${min}.`;
  if (max !== undefined && value > max) return `At most ${max}.`;
  return null;
}
