/// Notification rules as the form makes them: a target, a template and the rule that joins them.
import { post } from "../../api/http";

export interface NotificationRule {
  id: { id: string };
  name: string;
  enabled: boolean;
  triggerType: string;
}

export const rulesKey = ["notification-rules"];

export const triggers = {
  ALARM: "Alarms",
  ALARM_COMMENT: "Comments on alarms",
  ALARM_ASSIGNMENT: "Alarms given to a user",
  DEVICE_ACTIVITY: "Devices that come and go",
  ENTITY_ACTION: "Changes of entities",
} as const;

export type TriggerType = keyof typeof triggers;

export const ruleText = (type: string) => triggers[type as TriggerType] ?? type;

export interface NewRule {
  name: string;
  trigger: TriggerType;
  alarmTypes: string[];
  whom: "admins" | "owners" | "webhook";
  url: string;
  subject: string;
  text: string;
}

export const firstRule: NewRule = {
  name: "",
  trigger: "ALARM",
  alarmTypes: [],
  whom: "admins",
  url: "",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the server fills it
  subject: "${alarmType} ${action}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the server fills it
  text: "${alarmSeverity:upperCase} on ${alarmOriginatorName}",
};

/// What a person listed with commas between.
export const listed = (text: string) =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

export function triggerConfig({ trigger, alarmTypes }: NewRule) {
  switch (trigger) {
    case "ALARM":
      return {
        triggerType: trigger,
        alarmTypes,
        notifyOn: ["CREATED", "SEVERITY_CHANGED", "ACKNOWLEDGED", "CLEARED"],
      };
    case "ALARM_ASSIGNMENT":
      return { triggerType: trigger, alarmTypes, notifyOn: ["ASSIGNED", "UNASSIGNED"] };
    case "ALARM_COMMENT":
      return { triggerType: trigger, alarmTypes, onlyUserComments: true };
    case "DEVICE_ACTIVITY":
      return { triggerType: trigger, notifyOn: ["ACTIVE", "INACTIVE"] };
    case "ENTITY_ACTION":
      return { triggerType: trigger, created: true, updated: false, deleted: true };
  }
}

export function targetConfig({ whom, url }: NewRule) {
  if (whom === "webhook") return { type: "WEBHOOK", url: url.trim() };
  const type = whom === "admins" ? "TENANT_ADMINISTRATORS" : "ORIGINATOR_ENTITY_OWNER_USERS";
  return { type: "PLATFORM_USERS", usersFilter: { type } };
}

interface Made {
  id: { id: string };
}

/// Names are unique in a tenant, so what belongs to the rule is named for it.
export async function makeRule(rule: NewRule): Promise<void> {
  const name = rule.name.trim();
  const target = await post<Made>("/api/notification/target", { name, configuration: targetConfig(rule) });
  const words = { enabled: true, subject: rule.subject, body: rule.text };
  const template = await post<Made>("/api/notification/template", {
    name,
    notificationType: rule.trigger,
    configuration: { deliveryMethodsTemplates: { WEB: { method: "WEB", ...words } } },
  });
  const targets = [target.id.id];
  await post("/api/notification/rule", {
    name,
    enabled: true,
    templateId: { entityType: "NOTIFICATION_TEMPLATE", id: template.id.id },
    triggerType: rule.trigger,
    triggerConfig: triggerConfig(rule),
    recipientsConfig:
      rule.trigger === "ALARM"
        ? { triggerType: rule.trigger, escalationTable: { 0: targets } }
        : { triggerType: rule.trigger, targets },
  });
}
