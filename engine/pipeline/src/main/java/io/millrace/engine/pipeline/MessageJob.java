package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.rules.RuleMessage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A job that came from a sender who waits for an [Ack].
abstract sealed class MessageJob implements Job {
  private static final Logger log = LoggerFactory.getLogger(MessageJob.class);
  final EntityId tenant;
  final EntityId originator;
  private final Along along;
  private final Ack ack;
  private final long bytes;

  private MessageJob(EntityId tenant, EntityId originator, Along along, Ack ack, long bytes) {
    this.tenant = tenant;
    this.originator = originator;
    this.along = along;
    this.ack = ack;
    this.bytes = bytes;
  }

  @Override
  public final void run(Batch batch) {
    along.into(batch.commit());
    decide(batch);
  }

  @Override
  public final void putOff(Batch batch) {
    along.into(batch.commit());
  }

  abstract void decide(Batch batch);

  @Override
  public final void done() {
    ack.done();
  }

  @Override
  public final void refused(Refusal refusal) {
    ack.refused(refusal);
  }

  @Override
  public final void failed(Throwable fault) {
    if (fault instanceof RefusedException over) {
      ack.refused(over.refusal());
      return;
    }
    log.error("A message of {} was refused: the engine failed on it", originator, fault);
    ack.refused(
        new Refusal(
            Refusal.Kind.MALFORMED,
            "Millrace failed on this message (%s); nothing of it is stored. The server's log has the details."
                .formatted(fault)));
  }

  @Override
  public final long bytes() {
    return bytes;
  }

  /// The rows of one telemetry post.
  static final class Telemetry extends MessageJob {
    private final JsonObject metadata;
    private final List<TelemetryRow> rows;

    Telemetry(
        EntityId tenant,
        EntityId device,
        JsonObject metadata,
        List<TelemetryRow> rows,
        Along along,
        Ack ack) {
      super(tenant, device, along, ack, Weight.of(rows));
      this.metadata = metadata;
      this.rows = rows;
    }

    @Override
    void decide(Batch batch) {
      for (int i = 0; i < rows.size(); i++) { // hot path: no iterator
        var row = rows.get(i);
        long ts = row.isStamped() ? row.ts() : batch.stamp(originator);
        // ThingsBoard: the metadata of telemetry carries its time as text
        var stamped = metadata.with("ts", new JsonString(Long.toString(ts)));
        batch.decide(
            tenant,
            new RuleMessage(
                batch.newId(), ts, "POST_TELEMETRY_REQUEST", originator, stamped, row.values()));
      }
    }
  }

  /// One post of attributes.
  static final class Attributes extends MessageJob {
    private final JsonObject metadata;
    private final JsonObject values;

    Attributes(
        EntityId tenant,
        EntityId device,
        JsonObject metadata,
        JsonObject values,
        Along along,
        Ack ack) {
      super(tenant, device, along, ack, Weight.of(values));
      this.metadata = metadata;
      this.values = values;
    }

    @Override
    void decide(Batch batch) {
      batch.decide(
          tenant,
          new RuleMessage(
              batch.newId(), batch.now(), "POST_ATTRIBUTES_REQUEST", originator, metadata, values));
    }
  }

  /// A message that is complete already.
  static final class Ready extends MessageJob {
    private final RuleMessage message;

    Ready(EntityId tenant, RuleMessage message, Ack ack) {
      super(tenant, message.originator(), Along.NOTHING, ack, Weight.of(message.body()));
      this.message = message;
    }

    @Override
    void decide(Batch batch) {
      batch.decide(tenant, message);
    }
  }
}
