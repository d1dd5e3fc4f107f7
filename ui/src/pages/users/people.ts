/// Users, customers, keys and the audit log as the pages read them.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { get } from "../../api/http";
import type { EntityId, Json, Page } from "../../api/types";

export type Authority = "SYS_ADMIN" | "TENANT_ADMIN" | "CUSTOMER_USER";
export type Role = "ADMINISTRATOR" | "EDITOR" | "READ_ONLY";

export interface User {
  id: EntityId;
  createdTime: number;
  email: string;
  authority: Authority;
  role: Role;
  enabled: boolean;
  firstName?: string | null;
  lastName?: string | null;
  customerId?: EntityId | null;
  [other: string]: unknown;
}

export interface Customer {
  id: EntityId;
  createdTime: number;
  title: string;
  email?: string | null;
  phone?: string | null;
  address?: string | null;
  city?: string | null;
  zip?: string | null;
  country?: string | null;
  [other: string]: unknown;
}

export interface ApiKey {
  id: EntityId;
  createdTime: number;
  enabled: boolean;
  description: string;
  /// 0 when it never expires.
  expirationTime: number;
  expired: boolean;
}

export interface AuditEntry {
  id: { id: string };
  createdTime: number;
  entityId: EntityId;
  entityName: string | null;
  userName: string;
  actionType: string;
  actionData: Json;
  actionStatus: "SUCCESS" | "FAILURE";
  actionFailureDetails: string | null;
}

/// English, translated where they are shown.
export const roleNames: Record<Role, string> = {
  ADMINISTRATOR: "Administrator",
  EDITOR: "Editor",
  READ_ONLY: "Read only",
};

export const roleHints: Record<Role, string> = {
  ADMINISTRATOR: "Everything, users and keys too.",
  EDITOR: "Everything but users, customers, keys and who may do what.",
  READ_ONLY: "Looks at everything and changes nothing.",
};

/// What a person is called in a list: the role, and of what.
export function whatTheyAre(user: User): string {
  if (user.authority === "SYS_ADMIN") return "System administrator";
  return roleNames[user.role] ?? user.role;
}

const all = { pageSize: 500, page: 0 };

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: ({ signal }) => get<Page<User>>("/api/users", { ...all, sortProperty: "email" }, signal),
});

export const customersQuery = queryOptions({
  queryKey: ["customers"],
  queryFn: ({ signal }) => get<Page<Customer>>("/api/customers", { ...all, sortProperty: "title" }, signal),
});

export const apiKeysQuery = (userId: string) =>
  queryOptions({
    queryKey: ["apiKeys", userId],
    queryFn: ({ signal }) => get<Page<ApiKey>>(`/api/apiKeys/${userId}`, all, signal),
  });

export interface AuditFilter {
  text: string;
  actionType: string;
  /// One entity's entries only.
  entity?: EntityId;
}

export const auditQuery = ({ text, actionType, entity }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", entity?.id ?? "", text, actionType],
    queryFn: ({ pageParam, signal }) =>
      get<Page<AuditEntry>>(
        `/api/audit/logs${entity ? `/entity/${entity.entityType}/${entity.id}` : ""}`,
        { pageSize: 50, page: pageParam, textSearch: text, actionTypes: actionType },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _all, page) => (last.hasNext ? page + 1 : undefined),
    placeholderData: keepPreviousData,
  });

/// ThingsBoard's words, as people say them.
export const actions: Record<string, string> = {
  ADDED: "made",
  UPDATED: "changed",
  DELETED: "deleted",
  ATTRIBUTES_UPDATED: "changed attributes of",
  ATTRIBUTES_DELETED: "deleted attributes of",
  TIMESERIES_UPDATED: "wrote values of",
  TIMESERIES_DELETED: "deleted values of",
  RPC_CALL: "sent a command to",
  CREDENTIALS_UPDATED: "changed the credentials of",
  ASSIGNED_TO_CUSTOMER: "assigned",
  UNASSIGNED_FROM_CUSTOMER: "took from its customer",
  RELATION_ADD_OR_UPDATE: "related",
  RELATION_DELETED: "ended a relation of",
  RELATIONS_DELETED: "ended all relations of",
  ALARM_ACK: "acknowledged an alarm of",
  ALARM_CLEAR: "cleared an alarm of",
  ALARM_DELETE: "deleted an alarm of",
  ALARM_ASSIGNED: "assigned an alarm of",
  ALARM_UNASSIGNED: "unassigned an alarm of",
  ADDED_COMMENT: "commented on an alarm of",
  DELETED_COMMENT: "deleted a comment on an alarm of",
  LOGIN: "signed in",
  LOGOUT: "signed out",
};

export function actionText(actionType: string): string {
  return actions[actionType] ?? actionType.toLowerCase().replaceAll("_", " ");
}
