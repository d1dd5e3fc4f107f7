package io.millrace.engine.alarms;

import java.util.List;

/// To whom else an alarm shows: along relations, to the owner, to the tenant.
///
/// @param relationTypes only along relations of these types; empty means any
public record Propagation(
    boolean toRelated, boolean toOwner, boolean toTenant, List<String> relationTypes) {
  public static final Propagation NONE = new Propagation(false, false, false, List.of());

  public Propagation {
    relationTypes = List.copyOf(relationTypes);
  }
}
