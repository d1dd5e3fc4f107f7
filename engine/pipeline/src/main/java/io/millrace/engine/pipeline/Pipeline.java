package io.millrace.engine.pipeline;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.store.commit.CommitStore;

/// The partitions and the outbox, as one part: open, register deliveries, [#start], close.
public final class Pipeline implements AutoCloseable {
  private Pipeline() {}

  public static Pipeline open(
      Config config,
      CommitStore store,
      RuleEngine rules,
      Clock clock,
      Scheduler scheduler,
      Counters counters,
      Ids ids) {
    return new Pipeline();
  }

  /// Says who delivers calls of a kind; before [#start].
  public void deliveries(String kind, Delivery delivery) {}

  /// Says who takes some calls of a kind inside this process; before [#start].
  public void deliveries(String kind, EmbeddedDelivery delivery) {}

  /// Starts the partitions and takes up the calls that a former run left in the outbox.
  public void start() {}

  public Ingest ingest() {
    return new Ingest();
  }

  public DeadLetters deadLetters() {
    return new DeadLetters();
  }

  /// Works off what is queued, then stops; what arrives meanwhile is refused.
  @Override
  public void close() {}
}
