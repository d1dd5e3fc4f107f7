package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Ack;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.RuleMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Where messages enter the engine. Any thread; never blocks.
///
/// Each goes to the partition of its originator, in order, and is acknowledged once what it caused
/// is durable. A partition that has too much waiting refuses with `OVER_LIMIT`; whoever looks at
/// [#isWritable] and stops reading its socket until [#onWritable] never meets that.
public final class Ingest {
  Ingest() {}

  /// One POST_TELEMETRY_REQUEST for each row, in order; rows without a time get the server's.
  ///
  /// @param metadata `deviceName`, `deviceType`; `ts` is added
  public void telemetry(
      EntityId tenant, EntityId device, JsonObject metadata, List<TelemetryRow> rows, Ack ack) {
    throw soon();
  }

  /// One POST_ATTRIBUTES_REQUEST.
  public void attributes(
      EntityId tenant, EntityId device, JsonObject metadata, JsonObject values, Ack ack) {
    throw soon();
  }

  /// Any message, as it is.
  public void message(EntityId tenant, RuleMessage message, Ack ack) {
    throw soon();
  }

  /// Runs work on the partition of `originator`, in a batch of messages.
  ///
  /// @return completed after the commit; exceptionally with what `work` threw, or with the
  ///     store's refusal, and then nothing of it is stored
  public <T> CompletableFuture<T> execute(EntityId originator, Function<BatchContext, T> work) {
    throw soon();
  }

  /// Whether there is room to spare: otherwise stop reading.
  public boolean isWritable() {
    throw soon();
  }

  /// Runs `resume` once, on any thread, when [#isWritable] has become true again; at once if it
  /// is. Must not block.
  public void onWritable(Runnable resume) {
    throw soon();
  }

  private static IllegalStateException soon() {
    return new IllegalStateException("engine/pipeline is being built");
  }
}
