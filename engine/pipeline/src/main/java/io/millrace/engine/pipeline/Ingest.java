package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.RuleMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// Where messages enter the engine. Any thread; never blocks.
///
/// Each goes to the partition of its originator, in order, and is acknowledged once what it caused
/// is durable. A partition that has too much waiting refuses with `OVER_LIMIT`; whoever looks at
/// [#isWritable] and stops reading its socket until [#onWritable] never meets that.
public final class Ingest {
  private final Function<EntityId, Partition> partitions;
  private final Room room;
  private final Config config;
  private final LongAdder refused;

  Ingest(Function<EntityId, Partition> partitions, Room room, Config config, LongAdder refused) {
    this.partitions = partitions;
    this.room = room;
    this.config = config;
    this.refused = refused;
  }

  /// One POST_TELEMETRY_REQUEST for each row, in order; rows without a time get the server's.
  /// All rows become durable together, and are acknowledged as one.
  ///
  /// @param metadata `deviceName`, `deviceType`; `ts` is added
  public void telemetry(
      EntityId tenant, EntityId device, JsonObject metadata, List<TelemetryRow> rows, Ack ack) {
    telemetry(tenant, device, metadata, rows, Along.NOTHING, ack);
  }

  /// The same, with something of the sender's own in the same commit.
  public void telemetry(
      EntityId tenant,
      EntityId device,
      JsonObject metadata,
      List<TelemetryRow> rows,
      Along along,
      Ack ack) {
    offer(new MessageJob.Telemetry(tenant, device, metadata, rows, along, ack));
  }

  /// One POST_ATTRIBUTES_REQUEST.
  public void attributes(
      EntityId tenant, EntityId device, JsonObject metadata, JsonObject values, Ack ack) {
    attributes(tenant, device, metadata, values, Along.NOTHING, ack);
  }

  /// The same, with something of the sender's own in the same commit.
  public void attributes(
      EntityId tenant,
      EntityId device,
      JsonObject metadata,
      JsonObject values,
      Along along,
      Ack ack) {
    offer(new MessageJob.Attributes(tenant, device, metadata, values, along, ack));
  }

  /// Any message, as it is.
  public void message(EntityId tenant, RuleMessage message, Ack ack) {
    offer(new MessageJob.Ready(tenant, message, ack));
  }

  /// Runs work on the partition of `originator`, in a batch of messages and ahead of those that
  /// wait. The caller bounds how many it has under way.
  ///
  /// @return completed after the commit; exceptionally with what `work` threw, or with a
  ///     [RefusedException], and then nothing of it is stored
  public <T> CompletableFuture<T> execute(EntityId originator, Function<BatchContext, T> work) {
    var job = new ExecuteJob<T>(work);
    if (!partitions.apply(originator).add(job)) {
      job.refused(stopping());
    }
    return job.future();
  }

  /// Whether there is room to spare: otherwise stop reading.
  public boolean isWritable() {
    return room.isWritable();
  }

  /// Runs `resume` once, on any thread, when [#isWritable] has become true again; at once if it
  /// is. Must not block.
  public void onWritable(Runnable resume) {
    room.onWritable(resume);
  }

  private void offer(MessageJob job) {
    var partition = partitions.apply(job.originator);
    if (!partition.offer(job)) {
      refused.increment();
      job.refused(partition.isClosing() ? stopping() : full());
    }
  }

  private Refusal full() {
    return new Refusal(
        Refusal.Kind.OVER_LIMIT,
        "Too much is waiting to be stored (pipeline.queueMessages=%d, pipeline.queueBytes=%d); nothing of this message was taken. Send it again, slower."
            .formatted(config.queueMessages(), config.queueBytes()));
  }

  private static Refusal stopping() {
    return new Refusal(Refusal.Kind.UNAVAILABLE, "Millrace is stopping; send the message again");
  }
}
