package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.SessionStore.Put;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages of one session that share a row.
///
/// As an [Ack] it is completed, on the session's loop, when the row is on disk.
final class LedgerBlock implements Ack {
  private static final int MAX_BYTES = 262_144;
  private static final int OLD = 2;

  final long first;
  private int live;
  private int sizeBytes;
  private int age;
  private boolean isKept;
  private boolean isRefused;
  private @Nullable List<Delivery> unwritten;
  private @Nullable List<Ack> waiting;

  private LedgerBlock(long first, @Nullable List<Delivery> unwritten) {
    this.first = first;
    this.unwritten = unwritten;
  }

  /// An empty one that nothing has been written of.
  static LedgerBlock open(long first) {
    return new LedgerBlock(first, new ArrayList<>());
  }

  void add(Delivery delivery) {
    var open = unwritten;
    if (open == null) {
      throw new IllegalStateException("a block is written to after its end");
    }
    delivery.block = this;
    live++;
    sizeBytes += delivery.message.sizeBytes();
    open.add(delivery);
  }

  boolean isFull() {
    return sizeBytes >= MAX_BYTES;
  }

  /// Lets go of one of its messages.
  ///
  /// @return true when it was the last
  boolean remove() {
    return --live == 0;
  }

  boolean isWritten() {
    return unwritten == null;
  }

  /// Time passes.
  ///
  /// @return true when it is to be written
  boolean ages() {
    age++;
    return isDue();
  }

  boolean isDue() {
    return age >= OLD;
  }

  /// True when the row is on disk.
  boolean isKept() {
    return isKept;
  }

  /// True when the disk did not take the row: it is written later, who wants to know asks again.
  boolean isRefused() {
    return isRefused;
  }

  /// Completes when the row is on disk; only for a block that is not there yet.
  void whenKept(Ack ack) {
    var all = waiting;
    if (all == null) {
      all = new ArrayList<>();
      waiting = all;
    }
    all.add(ack);
  }

  @Override
  public void done() {
    isKept = true;
    var all = waiting;
    waiting = null;
    if (all != null) {
      all.forEach(Ack::done);
    }
  }

  @Override
  public void refused(Refusal refusal) {
    isRefused = true;
    var all = waiting;
    waiting = null;
    if (all != null) {
      all.forEach(ack -> ack.refused(refusal));
    }
  }

  /// Those whom nobody will write.
  void abandon() {
    var open = unwritten;
    if (open != null) {
      open.forEach(Delivery::done);
    }
  }

  /// Its row, as `docs/formats/mqtt-sessions.md` has it; null when none of its messages is wanted.
  ///
  /// @param acks gets everyone who waits for it
  byte @Nullable [] write(List<Ack> acks) {
    var deliveries = unwritten;
    unwritten = null;
    if (deliveries == null || live == 0) {
      return null;
    }
    var out = SessionFormat.start(live * 32 + 64).writeInt(live);
    for (var delivery : deliveries) {
      if (delivery.block == this) {
        out.writeInt((int) (delivery.number - first));
        out.writeShort(delivery.packetId);
        out.writeBoolean(delivery.state == Delivery.State.RELEASED);
        SessionFormat.write(delivery, out);
        if (delivery.owed != null) {
          acks.add(delivery);
        }
      }
    }
    acks.add(this);
    return SessionFormat.bytes(out);
  }

  /// Hands out the messages of a row.
  ///
  /// @return the number after the last
  static long read(Put row, ShardLedger shard, Consumer<Delivery> taker) {
    var block = new LedgerBlock(SessionFormat.first(row.key()), null);
    block.isKept = true;
    var in = SessionFormat.checked(row.value());
    block.live = in.readInt();
    long last = block.first;
    for (int i = block.live; i > 0; i--) {
      last = block.first + in.readInt();
      var delivery = delivery(in, shard);
      delivery.number = last;
      delivery.block = block;
      taker.accept(delivery);
    }
    return last + 1;
  }

  private static Delivery delivery(ByteBuf in, ShardLedger shard) {
    int packetId = in.readUnsignedShort();
    boolean isReleased = in.readBoolean();
    var delivery = SessionFormat.readDelivery(in, shard.topics());
    delivery.packetId = packetId;
    delivery.state = isReleased ? Delivery.State.RELEASED : Delivery.State.WAITING;
    return delivery;
  }
}
