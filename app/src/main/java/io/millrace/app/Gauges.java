package io.millrace.app;

/// Figures of the process that no single part counts: for `/metrics` and the counters page.
final class Gauges {
  private Gauges() {}

  static void register(World world, Stores stores, Engine engine) {
    var counters = world.counters();
    var rules = engine.rules();
    counters.gauge("store.up", () -> stores.commits().trouble().isEmpty() ? 1 : 0);
    counters.gauge("store.sync_ms", stores.commits()::syncMs);
    counters.gauge("rules.chains", () -> rules.totals().chains());
    counters.gauge("rules.node_messages", () -> rules.totals().received());
    counters.gauge("rules.node_failures", () -> rules.totals().failed());
    counters.gauge("rules.node_lost", () -> rules.totals().lost());
  }
}
