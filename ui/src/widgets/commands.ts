/// What control widgets do: commands to a device, and attributes.
import { post } from "../api/http";
import type { AttributeScope, Json } from "../api/types";
import { textSetting } from "./values";
import type { WidgetProps, WidgetSetting } from "./widget";

export type Way = "command" | "shared attribute" | "server attribute" | "telemetry";

/// How a control's value reaches the device.
export const controlSettings: WidgetSetting[] = [
  {
    name: "way",
    label: "What it does",
    type: "choice",
    choices: ["command", "shared attribute", "server attribute"],
    default: "command",
    hint: "A command goes to the device at once; an attribute is kept for it.",
  },
  { name: "method", label: "Method, or key of the attribute", type: "text", default: "setValue" },
];

export async function control(
  { source, settings }: Pick<WidgetProps, "source" | "settings">,
  value: Json,
): Promise<void> {
  const method = textSetting(settings, "method", "setValue") || "setValue";
  const way = textSetting(settings, "way", "command");
  if (way === "command") await command(source.deviceId, method, value);
  else
    await saveAttributes(source, way === "shared attribute" ? "SHARED_SCOPE" : "SERVER_SCOPE", {
      [method]: value,
    });
}

/// One-way: the device need not answer.
export function command(deviceId: string, method: string, params: Json): Promise<void> {
  return post(`/api/rpc/oneway/${deviceId}`, { method, params, timeout: 5_000 });
}

/// @return what the device answered
export function question(deviceId: string, method: string, params: Json): Promise<Json> {
  return post(`/api/rpc/twoway/${deviceId}`, { method, params, timeout: 10_000 });
}

export function saveAttributes(
  { deviceId, entityType = "DEVICE" }: WidgetProps["source"],
  scope: AttributeScope,
  values: Record<string, Json>,
): Promise<void> {
  return post(`/api/plugins/telemetry/${entityType}/${deviceId}/attributes/${scope}`, values);
}
