/// Users and customers as the pages read them.
import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/http";
import type { EntityId, Page } from "../../api/types";

export type Authority = "SYS_ADMIN" | "TENANT_ADMIN" | "CUSTOMER_USER";

export interface User {
  id: EntityId;
  createdTime: number;
  email: string;
  authority: Authority;
  firstName?: string | null;
  lastName?: string | null;
  customerId?: EntityId | null;
  [other: string]: unknown;
}

export interface Customer {
  id: EntityId;
  createdTime: number;
  title: string;
}

/// English, translated where they are shown.
export const roleNames: Record<Authority, string> = {
  SYS_ADMIN: "System administrator",
  TENANT_ADMIN: "Administrator",
  CUSTOMER_USER: "Customer's user",
};

const all = { pageSize: 500, page: 0 };

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: ({ signal }) => get<Page<User>>("/api/users", { ...all, sortProperty: "email" }, signal),
});

export const customersQuery = queryOptions({
  queryKey: ["customers"],
  queryFn: ({ signal }) => get<Page<Customer>>("/api/customers", { ...all, sortProperty: "title" }, signal),
});
