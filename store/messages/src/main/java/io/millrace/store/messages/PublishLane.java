package io.millrace.store.messages;

import java.util.function.Predicate;

/// One event loop's way into the log: collects what is published; the log's writer fetches it some
/// milliseconds later. Never blocks: what there is no room for is counted and not kept.
public final class PublishLane {
  /// A block and what it holds.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sealed(byte[] bytes, int messages) {}

  private static final int WAKE_AT_BYTES = 262_144;
  private static final double BURST_SECONDS = 2;

  private final PublishWriter writer;
  private final Predicate<String> wanted;
  private final long maxBytes;
  private final double bytesPerSecond;
  private final PublishBlock block = new PublishBlock();
  private double allowance;
  private long missed;

  PublishLane(
      PublishWriter writer, Predicate<String> wanted, long maxBytes, double bytesPerSecond) {
    this.writer = writer;
    this.wanted = wanted;
    this.maxBytes = maxBytes;
    this.bytesPerSecond = bytesPerSecond;
    this.allowance = bytesPerSecond * BURST_SECONDS;
  }

  /// Whether messages to that topic are kept.
  public boolean wants(String topic) {
    return !topic.startsWith("$") && wanted.test(topic);
  }

  /// Keeps a message, if there is room.
  public void add(long at, String topic, byte[] payload, int qos, boolean retain, byte[] extra) {
    boolean first;
    boolean full;
    synchronized (this) {
      int weight = payload.length + extra.length + 8;
      if (allowance < weight || block.sizeBytes() + weight > maxBytes) {
        missed++;
        return;
      }
      int before = block.sizeBytes();
      first = before == 0;
      block.add(at, topic, payload, qos, retain, extra);
      allowance -= block.sizeBytes() - before;
      full = before < WAKE_AT_BYTES && block.sizeBytes() >= WAKE_AT_BYTES;
    }
    if (first || full) {
      writer.wake(full);
    }
  }

  /// What was collected; null when nothing was. The log's writer.
  synchronized @org.jspecify.annotations.Nullable Sealed take(double passedSeconds) {
    allowance =
        Math.min(bytesPerSecond * BURST_SECONDS, allowance + bytesPerSecond * passedSeconds);
    if (block.count() == 0) {
      return null;
    }
    var sealed = new Sealed(block.seal(), block.count());
    block.clear();
    return sealed;
  }

  /// Messages not kept since the last call.
  synchronized long missed() {
    long count = missed;
    missed = 0;
    return count;
  }
}
