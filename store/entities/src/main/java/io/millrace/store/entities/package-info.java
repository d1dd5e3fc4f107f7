/// Entities as rows: tenants, users, devices, assets, dashboards, chains and how they are related.
///
/// SQLite by default, PostgreSQL by setting, the same SQL. Not here: who may see what
/// (`engine/access`), telemetry and attributes. Start with [EntityStore]. Calls block; any thread.
@NullMarked
package io.millrace.store.entities;

import org.jspecify.annotations.NullMarked;
