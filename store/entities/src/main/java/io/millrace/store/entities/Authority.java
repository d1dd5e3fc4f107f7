package io.millrace.store.entities;

/// What kind of user; the names are ThingsBoard's.
public enum Authority {
  SYS_ADMIN,
  TENANT_ADMIN,
  CUSTOMER_USER
}
