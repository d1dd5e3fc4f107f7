package io.millrace.engine.access;

import io.millrace.store.entities.Tenant;
import io.millrace.store.entities.User;

/// An account that the first start made.
///
/// @param password generated; shown once, kept nowhere
/// @param tenant the tenant that was made with it
public record FirstAdministrator(User user, String password, Tenant tenant) {}
