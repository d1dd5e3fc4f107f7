package io.millrace.wire.admin;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;

/// Settings `admin.*`.
public record Config(
    @Doc("Who may read /metrics: open to everyone who reaches the port, or administrators only.")
        @Default("open")
        Metrics metrics,
    @Doc(
            "Administrators of tenants see and manage the broker, whose topics belong to no tenant."
                + " Switch it off when tenants are strangers to each other: then only the system"
                + " administrator does.")
        @Default("true")
        boolean tenantsManageBroker,
    @Doc("Rows of one page at most.") @Default("1000") @Limit(min = 1, max = 100_000)
        int pageRowsMax,
    @Doc("Replays as event streams under way at once.") @Default("50") @Limit(min = 0)
        int replaysMax) {

  /// Who may read the metrics.
  public enum Metrics {
    OPEN,
    ADMINISTRATORS
  }
}
